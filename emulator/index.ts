export { type Clock, ManualClock, SystemClock } from "./core/clock.ts";
export { AwsError, WavetankError } from "./core/errors.ts";
export type { TankEvent } from "./core/events.ts";
export { startWavetank, Wavetank, type WavetankOptions } from "./wavetank.ts";

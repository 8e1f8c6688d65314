import type { Clock } from "../../../core/clock.ts";

/** A sleep that a stop ends early, quietly. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal).catch(() => {});
}

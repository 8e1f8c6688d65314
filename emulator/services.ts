import type { TankContext } from "./core/context.ts";
import { kinesis } from "./services/kinesis/index.ts";

/** The registry: every service of the tank, in the order in which they start. */
export function services(context: TankContext) {
  return {
    kinesis: kinesis(context),
  };
}

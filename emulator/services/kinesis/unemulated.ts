import { parameterNotEmulated } from "./errors.ts";

/** Members that the newest model has and the tank has not; each would change what a call does. */
const UNEMULATED = ["DryRun", "StreamId", "RecordDistributionStrategy", "WarmThroughputMiBps"];

/** Refuses by name what would otherwise be silently ignored. */
export function refuseUnemulated(input: object): void {
  for (const name of UNEMULATED) {
    if ((input as Record<string, unknown>)[name]) throw parameterNotEmulated(name);
  }
}

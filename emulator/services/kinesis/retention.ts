import { invalidArgument, streamNotActive } from "./errors.ts";
import { MAX_RETENTION_HOURS, MIN_RETENTION_HOURS } from "./limits.ts";
import type { Stream } from "./model/stream.ts";

/** Settings change on an ACTIVE stream only. */
export function assertActive({ name, scope, status }: Stream): void {
  if (status !== "ACTIVE") throw streamNotActive(name, scope.accountId, status);
}

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html
export function assertRetention(hours: number): void {
  if (hours < MIN_RETENTION_HOURS) {
    throw invalidArgument(
      `Minimum allowed retention period is ${MIN_RETENTION_HOURS} hours. Requested retention period (${hours} hours) is too short.`,
    );
  }
  if (hours > MAX_RETENTION_HOURS) {
    throw invalidArgument(
      `Maximum allowed retention period is ${MAX_RETENTION_HOURS} hours. Requested retention period (${hours} hours) is too long.`,
    );
  }
}

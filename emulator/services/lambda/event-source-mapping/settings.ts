/** What a mapping was told; AWS's defaults are filled in. */
export interface MappingSettings {
  readonly eventSourceArn: string;
  /** With the qualifier, if one was given. */
  readonly functionArn: string;
  readonly startingPosition: "TRIM_HORIZON" | "LATEST" | "AT_TIMESTAMP";
  /** Epoch ms; with AT_TIMESTAMP only. */
  readonly startingTimestamp: number | undefined;
  readonly batchSize: number;
  readonly batchingWindowMs: number;
  /** -1 retries until the record expires from the stream. */
  readonly maximumRetryAttempts: number;
  /** -1 lets records be as old as the stream keeps them. */
  readonly maximumRecordAgeSeconds: number;
  readonly bisectOnError: boolean;
  readonly reportsItemFailures: boolean;
  /** Batches of one shard at the same time; records of one partition key keep their order. */
  readonly parallelizationFactor: number;
  /** 0 when windows are off. */
  readonly tumblingWindowMs: number;
  /** Patterns as they were given, of which one must match; none lets everything through. */
  readonly filterPatterns: readonly string[];
  /** ARN of what takes batches that were given up. */
  readonly failureDestinationArn: string | undefined;
}

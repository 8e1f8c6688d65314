/** A record of a stream on its way to a function. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** In base64, as the function's event carries it. */
  readonly data: string;
  /** Epoch ms. */
  readonly arrivedAt: number;
}

/** A place in a shard that stays where it is while records come. */
export type Position =
  | { readonly type: "TRIM_HORIZON" }
  | { readonly type: "AT_TIMESTAMP"; readonly timestamp: number }
  | { readonly type: "AFTER_SEQUENCE_NUMBER"; readonly sequenceNumber: string };

/** A stream to read from: the embedded engine, or an adapter over the AWS SDK. */
export interface RecordSource {
  readonly streamArn: string;
  /** All shards that can still be read, closed ones included. Rejects when the stream is not there. */
  shards(): Promise<readonly SourceShard[]>;
  /** The place behind a shard's newest record. */
  latest(shardId: string): Promise<Position>;
  open(shardId: string, from: Position): Promise<ShardReader>;
}

export interface SourceShard {
  readonly shardId: string;
  readonly parents: readonly string[];
  /** Tells the shard from one of the same id in a stream that was deleted and created anew. */
  readonly identity: string;
}

export interface ShardReader {
  /** At most `limit` records from where the last read ended. */
  read(limit: number): Promise<ShardBatch>;
  /** How long the stream keeps a record, ms. */
  retentionMs(): number;
  /**
   * Calls the listener when there may be more, at once if there may be now; absent for sources that can only
   * be polled.
   */
  onChange?(listener: () => void): Disposable;
}

export interface ShardBatch {
  readonly records: readonly StreamRecord[];
  /** A closed shard has been read to its end. */
  readonly ended: boolean;
}

/** Whoever runs functions: the embedded engine, a Runtime Interface Emulator, AWS Lambda. */
export interface FunctionInvoker {
  /** Rejects when the function did not run: it is throttled, or not there. */
  invoke(functionArn: string, payload: string): Promise<FunctionAnswer>;
  exists(functionArn: string): boolean | Promise<boolean>;
}

export interface FunctionAnswer {
  readonly payload: string;
  readonly functionError?: string | undefined;
  readonly requestId: string;
  readonly statusCode: number;
  /** The version that ran; $LATEST when absent. */
  readonly executedVersion?: string | undefined;
}

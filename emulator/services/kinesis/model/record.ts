import type { Base64 } from "../../../core/base64.ts";
import type { HashKey } from "./hash-key.ts";

/** A record as a shard keeps it. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Base64;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  /** Bytes of data and partition key, as the quotas count them. */
  readonly size: number;
}

/** A record on its way into a shard. */
export interface NewRecord extends Pick<StreamRecord, "partitionKey" | "data" | "size"> {
  /** Goes before the partition key's hash. */
  readonly explicitHash?: HashKey | undefined;
}

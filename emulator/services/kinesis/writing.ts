import { Base64 } from "../../core/base64.ts";
import type { AwsError } from "../../core/errors.ts";
import type { KinesisEngine } from "./engine.ts";
import { hashKeyOutOfRange, recordTooLarge, streamNotFound, throughputExceeded } from "./errors.ts";
import { type HashKey, hashKeyOf, MAX_HASH_KEY } from "./model/hash-key.ts";
import type { NewRecord, StreamRecord } from "./model/record.ts";
import type { Shard } from "./model/shard.ts";
import type { Stream } from "./model/stream.ts";

/** A record as a producer sends it, in AWS's words. */
export interface RecordEntry {
  readonly Data: Uint8Array | Base64;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string | undefined;
}

/** A stream may be written to once it is ACTIVE, and while it changes. */
export function assertWritable(stream: Stream): void {
  // AWS tells a stream that is not there yet apart from none by its status only.
  if (stream.status === "CREATING") throw streamNotFound(stream.name, stream.scope.accountId);
}

/** Measures a record and finds its place; throws when the stream's limit or the hash key's is passed. */
export function newRecord(entry: RecordEntry, { maxRecordBytes }: Stream): NewRecord {
  const data = Base64.from(entry.Data);
  const size = data.byteLength + Buffer.byteLength(entry.PartitionKey);
  if (size > maxRecordBytes) throw recordTooLarge(size, maxRecordBytes);
  const explicitHash = explicitHashOf(entry);
  return { data, partitionKey: entry.PartitionKey, explicitHash, size };
}

export interface Appended {
  readonly shard: Shard;
  readonly record: StreamRecord;
}

/** Appends a record to its shard, or says that the shard is at its limit. */
export function append(
  kinesis: KinesisEngine,
  stream: Stream,
  { record, now }: { record: NewRecord; now: number },
): Appended | AwsError {
  const shard = stream.shardFor(record);
  if (kinesis.enforceLimits && !shard.throughput.write(record.size, now)) {
    return throughputExceeded(shard.id, stream.name, stream.scope.accountId);
  }
  return { shard, record: shard.append(record, now) };
}

function explicitHashOf({ ExplicitHashKey }: RecordEntry): HashKey | undefined {
  if (ExplicitHashKey === undefined) return undefined;
  if (BigInt(ExplicitHashKey) > MAX_HASH_KEY) throw hashKeyOutOfRange(ExplicitHashKey);
  return hashKeyOf(ExplicitHashKey);
}

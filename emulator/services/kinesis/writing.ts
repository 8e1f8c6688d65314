import type { Base64 } from "../../core/base64.ts";
import type { AwsError } from "../../core/errors.ts";
import type { KinesisEngine } from "./engine.ts";
import { hashKeyOutOfRange, recordTooLarge, streamNotFound, throughputExceeded } from "./errors.ts";
import { type HashKey, hashKeyOf, hashOf, MAX_HASH_KEY } from "./model/hash-key.ts";
import type { StreamRecord } from "./model/record.ts";
import type { Shard } from "./model/shard.ts";
import type { Stream } from "./model/stream.ts";

/** A record as a producer sends it. */
export interface NewRecord {
  readonly data: Base64;
  readonly partitionKey: string;
  readonly explicitHashKey?: string | undefined;
}

/** A stream may be written to once it is ACTIVE, and while it changes. */
export function assertWritable(stream: Stream): void {
  // AWS tells a stream that is not there yet apart from none by its status only.
  if (stream.status === "CREATING") throw streamNotFound(stream.name, stream.scope.accountId);
}

/** The hash that decides a record's shard: the explicit one wins over the partition key's. */
export function targetHash({ explicitHashKey, partitionKey }: NewRecord): HashKey {
  if (explicitHashKey === undefined) return hashOf(partitionKey);
  if (BigInt(explicitHashKey) > MAX_HASH_KEY) throw hashKeyOutOfRange(explicitHashKey);
  return hashKeyOf(explicitHashKey);
}

/** Bytes that count towards the quotas: data and partition key. Throws when the stream's limit is less. */
export function checkedSize({ data, partitionKey }: NewRecord, { maxRecordBytes }: Stream): number {
  const size = data.byteLength + Buffer.byteLength(partitionKey);
  if (size > maxRecordBytes) throw recordTooLarge(size, maxRecordBytes);
  return size;
}

export interface Appended {
  readonly shard: Shard;
  readonly record: StreamRecord;
}

/** Appends one checked record to its shard, or says that the shard is at its limit. */
export function append(
  kinesis: KinesisEngine,
  stream: Stream,
  write: { record: NewRecord; hash: HashKey; size: number; now: number },
): Appended | AwsError {
  const { record, hash, size, now } = write;
  const shard = stream.shardFor(hash);
  if (kinesis.enforceLimits && !shard.throughput.write(size, now)) {
    return throughputExceeded(shard.id, stream.name, stream.scope.accountId);
  }
  const stored = shard.append({
    partitionKey: record.partitionKey,
    data: record.data,
    arrivedAt: now,
    size,
  });
  return { shard, record: stored };
}

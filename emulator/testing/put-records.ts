import { WavetankError } from "../core/errors.ts";
import { at } from "../pipelines/samples.ts";
import type { Wavetank } from "../wavetank.ts";

/** Bytes go as they are, text as UTF-8, anything else as its JSON. */
export type RecordItem = Uint8Array | string | object | number | boolean | null;

export interface PutOptions<T = RecordItem> {
  /**
   * Each record's partition key: a dotted path into the item (`"ride.id"`) or a function of it. Without it
   * records are numbered, so that they spread over the shards the same way in each run.
   */
  readonly partitionKey?: string | ((item: T, index: number) => string);
}

/** Where a record went. */
export interface PutResult {
  readonly shardId: string;
  readonly sequenceNumber: string;
}

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
const MAX_PUT_RECORDS = 500;

interface Answered {
  readonly Records: { ErrorCode?: string; ShardId: string; SequenceNumber: string }[];
}

/** @throws WavetankError ERR_REQUEST when the stream's throughput does not suffice */
export async function putRecords<T extends RecordItem>(
  tank: Wavetank,
  streamName: string,
  { items, partitionKey }: PutOptions<T> & { items: readonly T[] },
): Promise<PutResult[]> {
  const keyOf = keyFunction(partitionKey);
  const entries = items.map((item, index) => ({
    Data: bytesOf(item),
    PartitionKey: keyOf(item, index),
  }));
  const results: PutResult[] = [];
  for (let from = 0; from < entries.length; from += MAX_PUT_RECORDS) {
    const Records = entries.slice(from, from + MAX_PUT_RECORDS);
    const input = { StreamName: streamName, Records };
    const answer = await tank.call<Answered>("kinesis", "PutRecords", input);
    const failed = answer.Records.filter(({ ErrorCode }) => ErrorCode !== undefined);
    if (failed.length > 0) throw throttled(streamName, { failed: failed.length, of: items.length });
    for (const { ShardId, SequenceNumber } of answer.Records) {
      results.push({ shardId: ShardId, sequenceNumber: SequenceNumber });
    }
  }
  return results;
}

function keyFunction<T>(
  partitionKey: PutOptions<T>["partitionKey"],
): (item: T, index: number) => string {
  if (typeof partitionKey === "function") return partitionKey;
  if (partitionKey === undefined) return (_item, index) => String(index + 1);
  return (item) => {
    const value = at(item, partitionKey);
    if (value !== undefined && value !== null) return String(value);
    const message = `A record has nothing at "${partitionKey}" for its partition key: ${JSON.stringify(item)}`;
    throw new WavetankError("ERR_USAGE", message, {
      hint: "Name a member that every record has, or give a function.",
    });
  };
}

function bytesOf(item: RecordItem): Uint8Array {
  if (item instanceof Uint8Array) return item;
  return Buffer.from(typeof item === "string" ? item : JSON.stringify(item));
}

function throttled(stream: string, count: { failed: number; of: number }): WavetankError {
  const message = `${stream} refused ${count.failed} of ${count.of} records: its shards take 1,000 records and 1 MiB a second each.`;
  return new WavetankError("ERR_REQUEST", message, {
    hint: "Put fewer at once and advance the clock, give the stream more shards, or start the testbed with enforceLimits: false.",
  });
}

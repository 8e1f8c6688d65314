import { parseArn } from "../core/arn.ts";
import type { Clock } from "../core/clock.ts";
import type { KinesisEngine } from "../services/kinesis/engine.ts";
import { MAX_GET_BYTES } from "../services/kinesis/limits.ts";
import type { Shard } from "../services/kinesis/model/shard.ts";
import type {
  RecordSource,
  ShardReader,
  StartFrom,
} from "../services/lambda/event-source-mapping/record-source.ts";

const HOUR_MS = 3_600_000;

/**
 * The embedded Kinesis engine as the source of an event source mapping: the mapping is woken as soon as a
 * record arrives, where it would poll a remote stream once a second.
 */
export function embeddedRecordSource(
  kinesis: KinesisEngine,
  { streamArn, clock }: { streamArn: string; clock: Clock },
): RecordSource {
  const owner = parseArn(streamArn);
  if (!owner) throw new Error(`not an ARN: ${streamArn}`);
  const stream = () => kinesis.stream({ StreamARN: streamArn }, owner);
  return {
    streamArn,
    retentionMs: () => stream().retentionHours * HOUR_MS,
    async shards() {
      return stream().shards.map(({ id, parents }) => ({ shardId: id, parents: [...parents] }));
    },
    async open(shardId, from) {
      return reader(kinesis.shard(stream(), shardId), { from, clock });
    },
  };
}

function reader(shard: Shard, { from, clock }: { from: StartFrom; clock: Clock }): ShardReader {
  let position = positionFor(shard, from);
  return {
    async read(limit) {
      const options = { maxRecords: limit, maxBytes: MAX_GET_BYTES, now: clock.now() };
      const read = shard.read(position, options);
      position = read.next;
      return {
        records: read.records.map(({ sequenceNumber, partitionKey, data, arrivedAt }) => ({
          sequenceNumber,
          partitionKey,
          data: data.text,
          arrivedAt,
        })),
        ended: read.isDrained,
      };
    },
    changed(signal) {
      if (position < shard.tip || !shard.isOpen || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          waiting[Symbol.dispose]();
          signal.removeEventListener("abort", done);
          resolve();
        };
        const waiting = shard.onRecords(done);
        signal.addEventListener("abort", done, { once: true });
      });
    },
  };
}

function positionFor(shard: Shard, from: StartFrom): number {
  switch (from.type) {
    case "TRIM_HORIZON":
      return shard.horizon;
    case "LATEST":
      return shard.tip;
    case "AT_TIMESTAMP":
      return shard.positionAtTime(from.timestamp);
    case "AFTER_SEQUENCE_NUMBER":
      return shard.positionOf(from.sequenceNumber, "after");
  }
}

import { parseArn } from "../core/arn.ts";
import type { Clock } from "../core/clock.ts";
import type { KinesisEngine } from "../services/kinesis/engine.ts";
import { MAX_GET_BYTES } from "../services/kinesis/limits.ts";
import type { StreamMetering } from "../services/kinesis/metering.ts";
import type { Shard } from "../services/kinesis/model/shard.ts";
import type { Stream } from "../services/kinesis/model/stream.ts";
import type {
  Position,
  RecordSource,
  ShardBatch,
  ShardReader,
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
    async shards() {
      return stream().shards.map(({ id, parents, createdAt }) => ({
        shardId: id,
        parents,
        // Its first sequence number would not do: that names the second of creation only.
        identity: String(createdAt),
      }));
    },
    async latest(shardId) {
      const { newest } = kinesis.shard(stream(), shardId);
      // Where nothing is kept, the beginning is the end.
      if (!newest) return { type: "TRIM_HORIZON" };
      return { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber: newest.sequenceNumber };
    },
    async open(shardId, from) {
      const owner = stream();
      const shard = kinesis.shard(owner, shardId);
      return new EmbeddedShardReader(owner, { shard, from, clock, metering: kinesis.metering });
    },
  };
}

/** Goes on to the end of a shard whose stream is deleted meanwhile. */
class EmbeddedShardReader implements ShardReader {
  readonly #stream: Stream;
  readonly #shard: Shard;
  readonly #clock: Clock;
  readonly #metering: StreamMetering;
  #position: number;

  constructor(
    stream: Stream,
    options: { shard: Shard; from: Position; clock: Clock; metering: StreamMetering },
  ) {
    this.#stream = stream;
    this.#shard = options.shard;
    this.#clock = options.clock;
    this.#metering = options.metering;
    this.#position = indexOf(options.from, options.shard);
  }

  async read(limit: number): Promise<ShardBatch> {
    const options = { maxRecords: limit, maxBytes: MAX_GET_BYTES, now: this.#clock.now() };
    const { records, next, isDrained } = this.#shard.read(this.#position, options);
    this.#position = next;
    const last = records.at(-1);
    // Lambda's reads count as any consumer's; it need not ask while there is nothing.
    if (last) {
      this.#metering.getRecords(this.#stream, {
        startedAt: options.now,
        endedAt: options.now,
        records: records.length,
        bytes: records.reduce((sum, { size }) => sum + size, 0),
        lastArrivedAt: last.arrivedAt,
      });
    }
    return {
      records: records.map(({ sequenceNumber, partitionKey, data, arrivedAt }) => ({
        sequenceNumber,
        partitionKey,
        data: data.text,
        arrivedAt,
      })),
      ended: isDrained,
    };
  }

  retentionMs(): number {
    return this.#stream.retentionHours * HOUR_MS;
  }

  onChange(listener: () => void): Disposable {
    if (this.#position < this.#shard.tip || !this.#shard.isOpen) listener();
    return this.#shard.onRecords(listener);
  }
}

/** A position as the shard counts its records. */
function indexOf(position: Position, shard: Shard): number {
  switch (position.type) {
    case "TRIM_HORIZON":
      return shard.horizon;
    case "AT_TIMESTAMP":
      return shard.positionAtTime(position.timestamp);
    case "AFTER_SEQUENCE_NUMBER":
      return shard.positionOf(position.sequenceNumber, "after");
  }
}

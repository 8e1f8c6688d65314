import type { Base64 } from "../core/base64.ts";
import type { Clock } from "../core/clock.ts";
import type { Scope } from "../core/service.ts";
import type { KinesisEngine } from "../services/kinesis/engine.ts";
import type { Shard } from "../services/kinesis/model/shard.ts";

/** A record as a stream retains it. */
export interface ViewedRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Base64;
  /** Epoch milliseconds, by the tank's clock. */
  readonly arrivedAt: number;
}

/** An embedded stream seen from inside the process: no iterators, no read quotas. */
export interface StreamView {
  /** What the stream retains, by arrival; records of one shard keep their order. */
  records(): ViewedRecord[];
  /** Calls `listener` when records have come or a shard was closed, once for all that come in one turn. */
  onChange(listener: () => void): Disposable;
}

/** @throws AwsError ResourceNotFoundException, at once and when the stream is deleted later */
export function streamView(
  kinesis: KinesisEngine,
  { name, scope, clock }: { name: string; scope: Scope; clock: Clock },
): StreamView {
  const stream = () => kinesis.stream({ StreamName: name }, scope);
  stream();
  return {
    records() {
      const { shards } = stream();
      stream().trim(clock.now());
      return shards.flatMap(viewed).sort((a, b) => a.arrivedAt - b.arrivedAt);
    },
    onChange(listener) {
      const watched = new Map<Shard, Disposable>();
      let pending: NodeJS.Immediate | undefined;
      // Shards that a split or a merge has added meanwhile are watched from the next turn on.
      const watch = () => {
        for (const shard of shardsNow()) {
          if (!watched.has(shard)) watched.set(shard, shard.onRecords(wake));
        }
      };
      const shardsNow = () => {
        try {
          return stream().shards;
        } catch {
          return [];
        }
      };
      const wake = () => {
        pending ??= setImmediate(() => {
          pending = undefined;
          watch();
          listener();
        });
      };
      watch();
      return {
        [Symbol.dispose]() {
          clearImmediate(pending);
          for (const watching of watched.values()) watching[Symbol.dispose]();
        },
      };
    },
  };
}

function viewed(shard: Shard): ViewedRecord[] {
  const everything = {
    maxRecords: Number.POSITIVE_INFINITY,
    maxBytes: Number.POSITIVE_INFINITY,
    now: 0,
  };
  return shard.read(shard.horizon, everything).records.map((record) => ({
    shardId: shard.id,
    sequenceNumber: record.sequenceNumber,
    partitionKey: record.partitionKey,
    data: record.data,
    arrivedAt: record.arrivedAt,
  }));
}

import { messageOf } from "../core/errors.ts";
import type { PlayApi } from "./play.ts";

// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html (5 reads a second)
export const READ_INTERVAL_MS = 200;

/** A record that came out of a pipeline. */
export interface OutputRecord {
  readonly value: unknown;
  /** Epoch ms. */
  readonly arrivedAt: number;
}

/** Reads one shard, from where it was opened on. */
export interface OutputReader {
  read(): Promise<OutputRecord[]>;
}

interface Read {
  Records: { Data: Uint8Array | { toBytes(): Uint8Array }; ApproximateArrivalTimestamp: Date }[];
  NextShardIterator?: string;
}

/** A reader per shard, placed after what the stream holds already. */
export async function openAtTip(api: PlayApi, StreamName: string): Promise<OutputReader[]> {
  type Listed = { Shards: { ShardId: string }[] };
  const { Shards } = await api.call<Listed>("kinesis", "ListShards", { StreamName });
  return Promise.all(
    Shards.map(async ({ ShardId }) => {
      type Placed = { ShardIterator: string };
      const place = { StreamName, ShardId, ShardIteratorType: "LATEST" };
      const { ShardIterator } = await api.call<Placed>("kinesis", "GetShardIterator", place);
      let iterator: string | undefined = ShardIterator;
      return {
        async read() {
          if (!iterator) return [];
          const read: Read = await api.call("kinesis", "GetRecords", { ShardIterator: iterator });
          iterator = read.NextShardIterator;
          return read.Records.map(({ Data, ApproximateArrivalTimestamp }) => ({
            value: parse(Data instanceof Uint8Array ? Data : Data.toBytes()),
            arrivedAt: ApproximateArrivalTimestamp.getTime(),
          }));
        },
      };
    }),
  );
}

function parse(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString());
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

import type {
  FunctionAnswer,
  FunctionInvoker,
  RecordSource,
  ShardBatch,
  ShardReader,
  SourceShard,
  StartFrom,
  StreamRecord,
} from "../../../../emulator/services/lambda/event-source-mapping/record-source.ts";

export const STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/rides";
export const FUNCTION_ARN = "arn:aws:lambda:us-east-1:000000000000:function:predict";

/** A record whose sequence number and data tell its place. */
export function record(index: number, arrivedAt = 0): StreamRecord {
  return {
    sequenceNumber: String(index).padStart(6, "0"),
    partitionKey: `key-${index}`,
    data: Buffer.from(String(index)).toString("base64"),
    arrivedAt,
  };
}

export const recordsFrom = (first: number, count: number, arrivedAt = 0) =>
  Array.from({ length: count }, (_, offset) => record(first + offset, arrivedAt));

interface MemoryShard extends SourceShard {
  readonly records: StreamRecord[];
  isClosed: boolean;
}

/** A stream in memory, the smallest thing that a mapping can read. */
export class MemorySource implements RecordSource {
  readonly streamArn = STREAM_ARN;
  readonly #shards: MemoryShard[] = [];
  readonly #waiting = new Set<() => void>();
  /** Reads that fail before the next succeeds. */
  failingReads = 0;

  addShard(shardId: string, parents: readonly string[] = []): this {
    this.#shards.push({ shardId, parents, records: [], isClosed: false });
    return this;
  }

  put(shardId: string, records: readonly StreamRecord[]): void {
    this.#shard(shardId).records.push(...records);
    this.#wake();
  }

  close(shardId: string): void {
    this.#shard(shardId).isClosed = true;
    this.#wake();
  }

  async shards(): Promise<SourceShard[]> {
    return this.#shards;
  }

  retentionMs(): number {
    return 86_400_000;
  }

  async open(shardId: string, from: StartFrom): Promise<ShardReader> {
    const shard = this.#shard(shardId);
    let position = positionOf(shard.records, from);
    return {
      read: async (limit): Promise<ShardBatch> => {
        if (this.failingReads > 0) {
          this.failingReads -= 1;
          throw new Error("throttled");
        }
        const records = shard.records.slice(position, position + limit);
        position += records.length;
        return { records, ended: shard.isClosed && position === shard.records.length };
      },
      changed: (signal) =>
        new Promise((resolve) => {
          if (position < shard.records.length || shard.isClosed || signal.aborted) return resolve();
          this.#waiting.add(resolve);
          signal.addEventListener("abort", () => resolve(), { once: true });
        }),
    };
  }

  #shard(shardId: string): MemoryShard {
    const shard = this.#shards.find((each) => each.shardId === shardId);
    if (!shard) throw new Error(`no shard ${shardId}`);
    return shard;
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

function positionOf(records: readonly StreamRecord[], from: StartFrom): number {
  switch (from.type) {
    case "LATEST":
      return records.length;
    case "AT_TIMESTAMP":
      return records.filter(({ arrivedAt }) => arrivedAt < from.timestamp).length;
    case "AFTER_SEQUENCE_NUMBER":
      return records.filter((each) => each.sequenceNumber <= from.sequenceNumber).length;
    default:
      return 0;
  }
}

/** Indexes of the records in an event. */
export function indexesIn(event: string): number[] {
  const { Records } = JSON.parse(event) as { Records: { kinesis: { data: string } }[] };
  return Records.map(({ kinesis }) => Number(Buffer.from(kinesis.data, "base64").toString()));
}

export const ok = (payload = "null"): FunctionAnswer => ({
  payload,
  requestId: "r",
  statusCode: 200,
});
export const failed: FunctionAnswer = {
  payload: '{"errorMessage":"no"}',
  functionError: "Unhandled",
  requestId: "r",
  statusCode: 200,
};

/** A function written by the test: it sees the indexes of a batch and answers. */
export function invokerOf(answer: (indexes: number[]) => FunctionAnswer): FunctionInvoker & {
  readonly calls: number[][];
} {
  const calls: number[][] = [];
  return {
    calls,
    exists: () => true,
    invoke: async (_arn, event) => {
      const indexes = indexesIn(event);
      calls.push(indexes);
      return answer(indexes);
    },
  };
}

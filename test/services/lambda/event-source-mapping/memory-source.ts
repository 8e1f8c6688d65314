import type {
  FunctionAnswer,
  FunctionInvoker,
  Position,
  RecordSource,
  ShardBatch,
  ShardReader,
  SourceShard,
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
  #shards: MemoryShard[] = [];
  readonly #waiting = new Set<() => void>();
  #created = 0;
  isDeleted = false;
  /** Reads that fail before the next succeeds. */
  failingReads = 0;

  addShard(shardId: string, parents: readonly string[] = []): this {
    const identity = String(this.#created++);
    this.#shards.push({ shardId, parents, identity, records: [], isClosed: false });
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

  /** From now on it cannot tell that there is more, as a stream on AWS; counts how often it is asked. */
  onlyPolled(): { reads: number } {
    const asked = { reads: 0 };
    const { open } = this;
    this.open = async (shardId, from) => {
      const { read, retentionMs } = await open.call(this, shardId, from);
      const counted = (limit: number) => {
        asked.reads += 1;
        return read(limit);
      };
      return { retentionMs, read: counted };
    };
    return asked;
  }

  /** As a stream is deleted: its shards are closed, then it cannot be found. */
  delete(): void {
    for (const { shardId } of this.#shards) this.close(shardId);
    this.#shards = [];
    this.isDeleted = true;
  }

  async shards(): Promise<SourceShard[]> {
    if (this.isDeleted) throw new Error("Stream rides not found");
    return this.#shards;
  }

  async latest(shardId: string): Promise<Position> {
    const newest = this.#shard(shardId).records.at(-1);
    if (!newest) return { type: "TRIM_HORIZON" };
    return { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber: newest.sequenceNumber };
  }

  async open(shardId: string, from: Position): Promise<ShardReader> {
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
      retentionMs: () => 86_400_000,
      onChange: (listener) => {
        if (position < shard.records.length || shard.isClosed) listener();
        this.#waiting.add(listener);
        return { [Symbol.dispose]: () => this.#waiting.delete(listener) };
      },
    };
  }

  #shard(shardId: string): MemoryShard {
    const shard = this.#shards.find((each) => each.shardId === shardId);
    if (!shard) throw new Error(`no shard ${shardId}`);
    return shard;
  }

  #wake(): void {
    for (const listener of this.#waiting) listener();
  }
}

function positionOf(records: readonly StreamRecord[], from: Position): number {
  switch (from.type) {
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

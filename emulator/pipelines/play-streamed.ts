import { messageOf, WavetankError } from "../core/errors.ts";
import type { PlayApi, Played, PlayOptions } from "./play.ts";
import { at, type StreamedSamples } from "./samples.ts";

// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html (5 reads a second)
const READ_INTERVAL_MS = 200;
const DEFAULT_TIMEOUT_MS = 30_000;

interface Waiting {
  readonly input: object;
  readonly putAt: number;
}

/**
 * Puts samples on the input stream, one after the other, and waits until each has come out of the output
 * stream.
 * @throws WavetankError ERR_TIMEOUT naming the samples without an answer
 */
export async function playStreamed(
  { name, samples }: { name: string; samples: StreamedSamples },
  options: PlayOptions,
): Promise<Played[]> {
  const { api, onPrediction, signal, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const readers = await openAtTip(api, samples.output.stream);
  const waiting = new Map<string, Waiting>();
  const played: Played[] = [];
  const deadline = api.clock.now() + timeoutMs;

  await putAll(api, samples, waiting);
  while (waiting.size > 0) {
    for (const reader of readers) {
      for (const { value, arrivedAt } of await reader.read()) {
        const key = String(at(value, samples.output.key));
        const sample = waiting.get(key);
        if (!sample) continue;
        waiting.delete(key);
        const latencyMs = Math.max(0, arrivedAt - sample.putAt);
        const answer = {
          pipeline: name,
          input: sample.input,
          prediction: value,
          latencyMs,
        };
        played.push(answer);
        onPrediction(answer);
      }
    }
    if (waiting.size === 0) break;
    if (api.clock.now() > deadline) throw unanswered(name, [...waiting.keys()]);
    await api.clock.sleep(READ_INTERVAL_MS, signal);
  }
  return played;
}

async function putAll(
  api: PlayApi,
  { input, records }: StreamedSamples,
  waiting: Map<string, Waiting>,
): Promise<void> {
  for (const record of records) {
    const key = String(at(record, input.key));
    waiting.set(key, { input: record, putAt: api.clock.now() });
    await api.call("kinesis", "PutRecord", {
      StreamName: input.stream,
      PartitionKey: key,
      Data: Buffer.from(JSON.stringify(record)),
    });
  }
}

interface Reader {
  read(): Promise<{ value: unknown; arrivedAt: number }[]>;
}

interface Read {
  Records: { Data: Uint8Array | { toBytes(): Uint8Array }; ApproximateArrivalTimestamp: Date }[];
  NextShardIterator?: string;
}

/** A reader per shard, placed after what the stream holds already. */
async function openAtTip(api: PlayApi, StreamName: string): Promise<Reader[]> {
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

function unanswered(pipeline: string, keys: readonly string[]): WavetankError {
  return new WavetankError(
    "ERR_TIMEOUT",
    `${pipeline}: no prediction came for ${keys.length} samples (${keys.slice(0, 5).join(", ")}).`,
    {
      hint: "The request log above shows what the function answered; --log text shows every call.",
    },
  );
}

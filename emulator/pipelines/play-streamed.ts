import { WavetankError } from "../core/errors.ts";
import { openAtTip, READ_INTERVAL_MS } from "./output-readers.ts";
import type { PlayApi, Played, PlayOptions } from "./play.ts";
import { at, type StreamedSamples } from "./samples.ts";

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

function unanswered(pipeline: string, keys: readonly string[]): WavetankError {
  return new WavetankError(
    "ERR_TIMEOUT",
    `${pipeline}: no prediction came for ${keys.length} samples (${keys.slice(0, 5).join(", ")}).`,
    {
      hint: "The request log above shows what the function answered; --log text shows every call.",
    },
  );
}

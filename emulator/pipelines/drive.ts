import { InvokedLoad } from "./invoked-load.ts";
import type { Pipeline } from "./pipeline.ts";
import type { PlayApi } from "./play.ts";
import { repeatedRecords } from "./repeated-records.ts";
import { areInvoked } from "./samples.ts";
import { StreamedLoad } from "./streamed-load.ts";

/** What sends samples to a pipeline and counts what comes of them. */
export interface Load {
  /** Sends the next samples, `count` of them. */
  send(count: number): Promise<void>;
  /** Looks for answers, where they do not come by themselves. */
  collect(): Promise<void>;
  readonly sent: number;
  readonly failed: number;
  /** Milliseconds, one for each answer. */
  readonly latencies: readonly number[];
}

export interface Progress {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly elapsedMs: number;
}

export interface DriveOptions {
  readonly api: PlayApi;
  /** Samples per second. */
  readonly rate: number;
  readonly durationMs: number;
  /** What is sent, without an end, each with a key of its own; the samples over and over when absent. */
  readonly records?: Iterator<object>;
  /** Called once a second. */
  readonly onProgress: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

export interface Driven extends Progress {
  /** Milliseconds, sorted. */
  readonly latencies: readonly number[];
}

const TICK_MS = 100;
const PROGRESS_MS = 1_000;
/** How long the last answers may take. */
const PATIENCE_MS = 30_000;

/** Sends so many records a second to a pipeline, and counts the answers. */
export async function drive(
  { name, samples }: Pipeline,
  { api, rate, durationMs, onProgress, signal, ...options }: DriveOptions,
): Promise<Driven> {
  if (!samples) throw new Error(`${name} has no samples`);
  const { records = repeatedRecords(samples) } = options;
  const load: Load = areInvoked(samples)
    ? new InvokedLoad(api, { samples, records })
    : await StreamedLoad.open(api, { samples, records });
  const { clock } = api;
  const startedAt = clock.now();
  const progress = () => ({
    sent: load.sent,
    answered: load.latencies.length,
    failed: load.failed,
    elapsedMs: clock.now() - startedAt,
  });
  let toldAt = startedAt;
  const isOver = () => {
    if (signal?.aborted) return true;
    const { sent, answered, failed, elapsedMs } = progress();
    if (elapsedMs < durationMs) return false;
    return answered + failed >= sent || elapsedMs > durationMs + PATIENCE_MS;
  };
  while (!isOver()) {
    const elapsedMs = Math.min(durationMs, clock.now() - startedAt);
    // What is late is made up for: the rate is that of the whole run.
    await load.send(Math.floor((elapsedMs / 1000) * rate) - load.sent);
    await load.collect();
    if (clock.now() - toldAt >= PROGRESS_MS) {
      toldAt = clock.now();
      onProgress(progress());
    }
    await clock.sleep(TICK_MS, signal).catch(() => undefined);
  }
  return { ...progress(), latencies: [...load.latencies].sort((a, b) => a - b) };
}

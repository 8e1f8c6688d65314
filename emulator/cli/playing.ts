import { type Driven, drive, type Progress } from "../pipelines/drive.ts";
import type { Pipeline } from "../pipelines/pipeline.ts";
import { type PlayApi, type Played, play } from "../pipelines/play.ts";
import { generatedRecords } from "./generated-records.ts";
import { duration, type Output } from "./output.ts";
import { playedLine } from "./played-line.ts";

export interface PlayingOptions {
  readonly pipelines: readonly Pipeline[];
  readonly output: Output;
  readonly signal: AbortSignal;
  /** Plays generated records without an end, in place of the samples once. */
  readonly steady?: { readonly rate: number; readonly durationMs: number };
}

/** Plays the pipelines' samples, and says what came of them. */
export async function playAll(api: PlayApi, options: PlayingOptions): Promise<void> {
  const { steady, pipelines } = options;
  if (!steady) return playOnce(api, options);
  for (const pipeline of pipelines) await driveOne(api, pipeline, { ...options, steady });
}

async function playOnce(
  api: PlayApi,
  { pipelines, output, signal }: PlayingOptions,
): Promise<void> {
  const played: Played[] = [];
  const startedAt = performance.now();
  for (const pipeline of pipelines) {
    const onPrediction = (each: Played) => output.data(each, playedLine(each, output));
    played.push(...(await play(pipeline, { api, onPrediction, signal })));
  }
  if (played.length === 0) return;
  const latencies = played.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  const summary = {
    predictions: played.length,
    pipelines: pipelines.map(({ name }) => name),
    latencyMs: {
      p50: latencies[Math.floor(latencies.length / 2)],
      max: latencies.at(-1),
    },
    durationMs: Math.round(performance.now() - startedAt),
  };
  const { p50 = 0, max = 0 } = summary.latencyMs;
  output.data(
    { summary },
    `\n  ${played.length} predictions · each in ${duration(p50)} (median), ${duration(max)} (slowest)`,
  );
}

/** So many records a second, with a line of progress for each second. */
async function driveOne(
  api: PlayApi,
  pipeline: Pipeline,
  { output, signal, steady }: PlayingOptions & Required<Pick<PlayingOptions, "steady">>,
): Promise<void> {
  const { name } = pipeline;
  const total = duration(steady.durationMs);
  const onProgress = ({ sent, answered, failed, elapsedMs }: Progress) => {
    const failures = failed > 0 ? ` · ${count(failed)} failed` : "";
    output.note(
      `  ${name}  ${duration(Math.min(elapsedMs, steady.durationMs))} of ${total} · ${count(sent)} sent · ${count(answered)} predictions${failures}`,
    );
  };
  const driven = await drive(pipeline, {
    api,
    ...steady,
    records: generatedRecords(name),
    onProgress,
    signal,
  });
  const { sent, answered, failed } = driven;
  const missing = sent - answered - failed;
  const summary = {
    pipeline: name,
    sent,
    predictions: answered,
    failed,
    missing,
    latencyMs: { p50: quantile(driven, 0.5), p99: quantile(driven, 0.99) },
  };
  const troubles = [
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(missing > 0 ? [`${count(missing)} without an answer`] : []),
  ];
  output.data(
    { summary },
    `\n  ${name}  ${count(sent)} sent · ${[`${count(answered)} predictions`, ...troubles].join(" · ")} · ${duration(summary.latencyMs.p50)} (median), ${duration(summary.latencyMs.p99)} (99th percentile)`,
  );
}

function quantile({ latencies }: Driven, share: number): number {
  return latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

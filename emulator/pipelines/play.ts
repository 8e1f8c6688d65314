import type { Clock } from "../core/clock.ts";
import type { Pipeline } from "./pipeline.ts";
import { playInvoked } from "./play-invoked.ts";
import { playStreamed } from "./play-streamed.ts";
import { areInvoked } from "./samples.ts";

/** The calls that playing needs, by AWS's names. */
export interface PlayApi {
  call<Out>(service: string, operation: string, input: object): Promise<Out>;
  readonly clock: Clock;
}

/** One sample and the answer to it. */
export interface Played {
  readonly pipeline: string;
  readonly input: object;
  readonly prediction: unknown;
  /** From the input's arrival on its stream to the prediction's on its own, or from the call to its answer. */
  readonly latencyMs: number;
}

export interface PlayOptions {
  readonly api: PlayApi;
  readonly onPrediction: (played: Played) => void;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Sends a pipeline's samples through it, one after the other, and waits for the answer to each.
 * @throws WavetankError ERR_TIMEOUT naming the samples without an answer, ERR_INVOKE when a function fails
 */
export async function play({ name, samples }: Pipeline, options: PlayOptions): Promise<Played[]> {
  if (!samples) return [];
  if (areInvoked(samples)) return playInvoked({ name, samples }, options);
  return playStreamed({ name, samples }, options);
}

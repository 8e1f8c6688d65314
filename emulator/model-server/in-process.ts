import { WavetankError } from "../core/errors.ts";
import type { Predict } from "./predictor.ts";
import { type ProcessUsage, processUsage } from "./process-usage.ts";
import { serveFolder } from "./served-model.ts";

/** Variables of the container that the server reads, here and in an image alike. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface InProcessModel {
  readonly invoke: Predict;
  /** Of this whole process, which every model inside shares. */
  readonly usage: () => ProcessUsage;
  /** Waits for the predictions under way, then frees the model. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Serves models inside this process: the container's answers without the container, or HTTP. A model
 * computes on this process's one thread.
 */
export function inProcessModels() {
  return {
    /** @throws WavetankError ERR_MODEL for a folder without a model that can be served. */
    async start(options: {
      modelFolder: string;
      environment: Environment;
      /** Takes what the model's own code writes to its console; this process's own when absent. */
      log?: (message: string) => void;
    }): Promise<InProcessModel> {
      const intraOpThreads = threadsOf(options.environment);
      const { predict, release } = await serveFolder(options.modelFolder, {
        intraOpThreads,
        log: options.log,
      });
      return { invoke: predict, usage: processUsage(options.modelFolder), stop: release };
    },
  };
}

/** How many threads one prediction may use: MODEL_SERVER_THREADS, else 1. */
export function threadsOf({ MODEL_SERVER_THREADS }: Environment): number {
  if (MODEL_SERVER_THREADS === undefined) return 1;
  const threads = Number(MODEL_SERVER_THREADS);
  if (Number.isInteger(threads) && threads >= 1) return threads;
  throw new WavetankError("ERR_MODEL", `MODEL_SERVER_THREADS is "${MODEL_SERVER_THREADS}".`, {
    hint: "Set it to a whole number of threads, or leave it out for one.",
  });
}

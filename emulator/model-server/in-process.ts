import { WavetankError } from "../core/errors.ts";
import { LoadedModels } from "./loaded-models.ts";
import { errorAnswer, type Predict } from "./predictor.ts";
import { type ProcessUsage, processUsage } from "./process-usage.ts";
import { Refusal } from "./refusal.ts";
import { serveFolder } from "./served-model.ts";

/** Variables of the container that the server reads, here and in an image alike. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface InProcessModel {
  readonly invoke: Predict;
  /** Where the environment says SAGEMAKER_MULTI_MODEL. */
  readonly models?: LoadedModels;
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
      const { environment, modelFolder, log } = options;
      const usage = processUsage(modelFolder);
      const models = modelsOf(environment, log);
      if (models) {
        const invoke = async () => errorAnswer(new Refusal(404, "this container has many models"));
        return { invoke, models, usage, stop: () => models.release() };
      }
      const intraOpThreads = threadsOf(environment);
      const { predict, release } = await serveFolder(modelFolder, {
        intraOpThreads,
        log,
      });
      return { invoke: predict, usage, stop: release };
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

/** The models of a container that SageMaker starts with SAGEMAKER_MULTI_MODEL; `undefined` for any other. */
export function modelsOf(
  environment: Environment,
  log?: (message: string) => void,
): LoadedModels | undefined {
  if (environment.SAGEMAKER_MULTI_MODEL !== "true") return undefined;
  const intraOpThreads = threadsOf(environment);
  return new LoadedModels({ intraOpThreads, maxBytes: maxBytesOf(environment), log });
}

function maxBytesOf({ MODEL_SERVER_MEMORY_MB }: Environment): number | undefined {
  if (MODEL_SERVER_MEMORY_MB === undefined) return undefined;
  const megabytes = Number(MODEL_SERVER_MEMORY_MB);
  if (megabytes > 0 && Number.isFinite(megabytes)) return megabytes * 1024 * 1024;
  throw new WavetankError("ERR_MODEL", `MODEL_SERVER_MEMORY_MB is "${MODEL_SERVER_MEMORY_MB}".`, {
    hint: "Set it to what loaded models may take in megabytes, or leave it out for no bound.",
  });
}

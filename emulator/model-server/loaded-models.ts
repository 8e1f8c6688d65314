import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { WavetankError } from "../core/errors.ts";
import { errorAnswer, type PredictionAnswer, type PredictionRequest } from "./predictor.ts";
import { Refusal } from "./refusal.ts";
import { type ServedFolder, serveFolder } from "./served-model.ts";

export interface LoadedModelsOptions {
  readonly intraOpThreads: number;
  /** What the folders of all loaded models may hold together; no bound when absent. */
  readonly maxBytes: number | undefined;
  /** Takes what the models' own code writes to its console. */
  readonly log?: ((message: string) => void) | undefined;
}

interface Loaded {
  readonly folder: string;
  readonly bytes: number;
  /** Absent while it loads. */
  served: ServedFolder | undefined;
}

const PAGE_LENGTH = 100;

/**
 * The models of a multi-model container. Never rejects: every answer is one of the container's API.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/mms-container-apis.html
 *
 * DIFFERS: a model counts with the size of its folder; what onnxruntime takes for it cannot be told apart.
 */
export class LoadedModels {
  readonly #options: LoadedModelsOptions;
  readonly #models = new Map<string, Loaded>();
  #bytes = 0;

  constructor(options: LoadedModelsOptions) {
    this.#options = options;
  }

  /** 200 once the model answers, 409 when there is one of this name, 507 when there is no room for it. */
  load(name: string, folder: string): Promise<PredictionAnswer> {
    return answered(async () => {
      const bytes = await bytesIn(folder);
      if (this.#models.has(name)) throw new Refusal(409, `Model ${name} is already loaded.`);
      const { maxBytes = Number.POSITIVE_INFINITY, ...options } = this.#options;
      if (this.#bytes + bytes > maxBytes) {
        throw new Refusal(
          507,
          `There is no room for model ${name} of ${bytes} bytes: loaded models take ${this.#bytes} of ${maxBytes}.`,
        );
      }
      const loaded: Loaded = { folder, bytes, served: undefined };
      // From here on its room is taken, so that two that load at a time do not share it.
      this.#models.set(name, loaded);
      this.#bytes += bytes;
      try {
        loaded.served = await serveFolder(folder, options);
      } catch (error) {
        this.#forget(name, loaded);
        throw error instanceof WavetankError ? new Refusal(400, error.message) : error;
      }
      return json({ status: `Model "${name}" registered` });
    });
  }

  /** @param pageToken where the page before has ended */
  list(pageToken = "0"): PredictionAnswer {
    const from = Number(pageToken);
    const names = [...this.#models].filter(([, { served }]) => served).map(([name]) => name);
    const to = from + PAGE_LENGTH;
    const page = names.sort().slice(from, to);
    return json({
      models: page.map((name) => this.#described(name)),
      ...(to < names.length && { nextPageToken: String(to) }),
    });
  }

  get(name: string): Promise<PredictionAnswer> {
    return answered(async () => {
      this.#loaded(name);
      return json(this.#described(name));
    });
  }

  /** Answers once the invocations under way have ended and the model's memory is free. */
  unload(name: string): Promise<PredictionAnswer> {
    return answered(async () => {
      const { loaded, served } = this.#loaded(name);
      // Nobody finds it any more; its room is free only once it is gone.
      this.#models.delete(name);
      await served.release();
      this.#bytes -= loaded.bytes;
      return json({ status: `Model "${name}" unregistered` });
    });
  }

  invoke(name: string, request: PredictionRequest): Promise<PredictionAnswer> {
    return answered(async () => this.#loaded(name).served.predict(request));
  }

  /** Frees all models. Idempotent. */
  async release(): Promise<void> {
    const all = [...this.#models.values()];
    this.#models.clear();
    this.#bytes = 0;
    await Promise.all(all.map(({ served }) => served?.release()));
  }

  #loaded(name: string): { loaded: Loaded; served: ServedFolder } {
    const loaded = this.#models.get(name);
    if (!loaded?.served) throw new Refusal(404, `Model ${name} is not loaded.`);
    return { loaded, served: loaded.served };
  }

  #described(name: string) {
    return { modelName: name, modelUrl: this.#models.get(name)?.folder };
  }

  #forget(name: string, { bytes }: Loaded): void {
    this.#models.delete(name);
    this.#bytes -= bytes;
  }
}

async function answered(answer: () => Promise<PredictionAnswer>): Promise<PredictionAnswer> {
  return answer().catch(errorAnswer);
}

function json(value: object): PredictionAnswer {
  return { status: 200, contentType: "application/json", body: JSON.stringify(value) };
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new Refusal(404, `There is no folder ${folder}.`);
  });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

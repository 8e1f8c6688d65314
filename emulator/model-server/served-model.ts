import { WavetankError } from "../core/errors.ts";
import { type InferenceOptions, loadInferenceCode } from "./inference-code.ts";
import { type LoadOptions, loadModel } from "./load-model.ts";
import type { Model } from "./model.ts";
import { ownModel, ownPredictor } from "./own-inference.ts";
import { type Predict, predictor } from "./predictor.ts";

/** A model folder that answers: its ONNX model, its own code, or both. */
export interface ServedFolder {
  readonly predict: Predict;
  /** Frees the model once its last run has ended. Idempotent. */
  release(): Promise<void>;
}

/** @throws WavetankError ERR_MODEL for a folder that cannot be served */
export async function serveFolder(
  folder: string,
  options: LoadOptions & Pick<InferenceOptions, "log"> = {},
): Promise<ServedFolder> {
  const code = await loadInferenceCode(folder, options);
  if (!code) {
    const model = await loadModel(folder, options);
    return { predict: predictor(model), release: () => model.release() };
  }
  let model: Model | undefined;
  const load = async () => {
    model ??= await loadModel(folder, options);
    return ownModel(model);
  };
  const release = async () => model?.release();
  try {
    // With a modelFn of its own, a folder need not hold any ONNX model.
    const loaded = code.modelFn ? await code.modelFn(folder, { loadModel: load }) : await load();
    return { predict: ownPredictor(code, { model, loaded }), release };
  } catch (error) {
    await release();
    if (error instanceof WavetankError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new WavetankError("ERR_MODEL", `modelFn of ${code.file} failed: ${reason}`, {
      hint: "It is called once, with the model's folder, before the endpoint is in service.",
      cause: error,
    });
  }
}

import { join, sep } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { messageOf, WavetankError } from "../core/errors.ts";
import { kinds } from "./element-kind.ts";
import { Model } from "./model.ts";
import { findModelFile } from "./model-file.ts";
import type { ElementType, TensorSpec } from "./tensor-spec.ts";

export interface LoadOptions {
  /**
   * Threads that one run may use; 1 when absent. More make a single request slower until its input is
   * large, and take the cores from everything else.
   */
  readonly intraOpThreads?: number;
}

/** onnxruntime's own log says what its errors say too, and writes it to standard error. */
const SILENT = 4;

/**
 * Loads and warms the one ONNX model of a folder.
 * @throws WavetankError ERR_MODEL for a folder without a model, or with one that cannot be served
 */
export async function loadModel(folder: string, options: LoadOptions = {}): Promise<Model> {
  const file = await findModelFile(folder);
  const { InferenceSession, Tensor } = await onnxruntime();
  const session = await InferenceSession.create(join(folder, file), {
    intraOpNumThreads: options.intraOpThreads ?? 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    logSeverityLevel: SILENT,
  }).catch((cause: unknown) => {
    const reason = messageOf(cause).replaceAll(folder + sep, "");
    throw new WavetankError("ERR_MODEL", `${file} cannot be loaded: ${reason}`, {
      hint: "Check the file with onnx.checker, and that its opset is one that onnxruntime 1.30 has.",
      cause,
    });
  });
  try {
    const inputs = session.inputMetadata.map((value) => specOf(value, { file, side: "input" }));
    const outputs = session.outputMetadata.map((value) => specOf(value, { file, side: "output" }));
    const model = new Model({ session, Tensor, inputs, outputs });
    await model.warm();
    return model;
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** Loaded with the first model: it takes a tenth of a second, which a tank without models need not. */
function onnxruntime() {
  return import("onnxruntime-node").catch((cause: unknown) => {
    throw new WavetankError("ERR_MODEL", `onnxruntime-node cannot be loaded: ${messageOf(cause)}`, {
      hint: "Install it for this platform: npm install onnxruntime-node, with ONNXRUNTIME_NODE_INSTALL=skip.",
      cause,
    });
  });
}

function specOf(
  value: InferenceSession.ValueMetadata,
  { file, side }: { file: string; side: "input" | "output" },
): TensorSpec {
  const { name } = value;
  if (!value.isTensor) {
    throw new WavetankError("ERR_MODEL", `${file}: the ${side} ${name} is no tensor.`, {
      hint: "Export classifiers of scikit-learn with zipmap=False, so that probabilities are a tensor.",
    });
  }
  if (!isElementType(value.type)) {
    throw new WavetankError("ERR_MODEL", `${file}: the ${side} ${name} is of type ${value.type}.`, {
      hint: `Cast it in the model; served are ${Object.keys(kinds).join(", ")}.`,
    });
  }
  return { name, type: value.type, shape: value.shape };
}

function isElementType(type: string): type is ElementType {
  return Object.hasOwn(kinds, type);
}

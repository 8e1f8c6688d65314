import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { messageOf, WavetankError } from "../core/errors.ts";
import { kinds } from "./element-kind.ts";
import { Model } from "./model.ts";
import { findModelFile } from "./model-file.ts";
import { type UnzippedModel, withoutZipMaps } from "./onnx-file.ts";
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
  const path = join(folder, file);
  const runtime = await onnxruntime();
  const open = async (source: string | Uint8Array) => {
    // The two overloads take a path or bytes; neither takes either.
    const session = runtime.InferenceSession.create(source as string, {
      intraOpNumThreads: options.intraOpThreads ?? 1,
      interOpNumThreads: 1,
      executionMode: "sequential",
      graphOptimizationLevel: "all",
      logSeverityLevel: SILENT,
    });
    return await session.catch((cause: unknown) => {
      throw notLoaded(file, messageOf(cause).replaceAll(folder + sep, ""), cause);
    });
  };
  let session = await open(path);
  let labels: UnzippedModel["labels"] = new Map();
  try {
    if (session.outputMetadata.some(({ isTensor }) => !isTensor)) {
      const unzipped = withoutZipMaps(await readFile(path));
      if (unzipped.labels.size > 0) {
        const zipped = session;
        session = await open(unzipped.bytes);
        labels = unzipped.labels;
        await zipped.release();
      }
    }
    const inputs = session.inputMetadata.map((value) => specOf(value, { file, side: "input" }));
    const outputs = session.outputMetadata.map((value) => {
      const spec = specOf(value, { file, side: "output" });
      const keys = labels.get(spec.name);
      return keys ? { ...spec, labels: keys } : spec;
    });
    const model = new Model({ session, Tensor: runtime.Tensor, inputs, outputs });
    await model.warm();
    return model;
  } catch (error) {
    await session.release();
    throw error;
  }
}

function notLoaded(file: string, reason: string, cause: unknown): WavetankError {
  return new WavetankError("ERR_MODEL", `${file} cannot be loaded: ${reason}`, {
    hint: "Check the file with onnx.checker, and that its opset is one that onnxruntime 1.30 has.",
    cause,
  });
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
      hint: "Of the operators that give sequences and maps, ZipMap alone is served; let the model end in tensors.",
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

import { messageOf } from "../core/errors.ts";
import { kinds } from "./element-kind.ts";
import type { InferenceCode } from "./inference-code.ts";
import { answerType, bodyKind } from "./media-type.ts";
import type { Model } from "./model.ts";
import { readNested } from "./nested-tensor.ts";
import {
  type DecodedRequest,
  decode,
  encode,
  errorAnswer,
  type Predict,
  type PredictionAnswer,
  type PredictionRequest,
  run,
} from "./predictor.ts";
import { badInput, Refusal } from "./refusal.ts";
import { describeSpecs, type TensorSpec, type TensorValue } from "./tensor-spec.ts";

/** A tensor as the functions of `code/inference` see it. */
export interface PlainTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<number | bigint | string>;
}

/** Tensors by the names of the model's inputs or outputs. */
export type NamedTensors = Readonly<Record<string, PlainTensor>>;

/** The model of the folder, as `predictFn` and `transformFn` get it. */
export interface OwnModel {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Takes tensors or nested lists by the inputs' names; one lone value where there is one input. */
  run(inputs: unknown): Promise<NamedTensors>;
}

/** Serves a model by the functions that it brings along; what it lacks, the defaults do. */
export function ownPredictor(
  code: InferenceCode,
  { model, loaded }: { model: Model | undefined; loaded: unknown },
): Predict {
  return async (request) => {
    try {
      return await answer(code, { request, model, loaded });
    } catch (error) {
      if (error instanceof Refusal) return errorAnswer(error);
      return errorAnswer(new Refusal(statusOf(error), messageOf(error)));
    }
  };
}

/** What `modelFn` is handed beside the folder, and what predictions run on without a `modelFn`. */
export function ownModel(model: Model): OwnModel {
  return {
    inputs: model.inputs,
    outputs: model.outputs,
    run: async (inputs) => named(await run(model, valuesOf(inputs, model.inputs))),
  };
}

interface Serving {
  readonly request: PredictionRequest;
  readonly model: Model | undefined;
  readonly loaded: unknown;
}

async function answer(
  code: InferenceCode,
  { request, model, loaded }: Serving,
): Promise<PredictionAnswer> {
  const { contentType, accept } = request;
  const body = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  const context = {
    requestContentType: contentType,
    acceptHeader: accept,
    customAttributes: request.customAttributes,
  };
  if (code.transformFn) {
    const made = await code.transformFn(loaded, body, contentType, accept, context);
    return written(made, { accept, made: `transformFn of ${code.file}` });
  }
  let decoded: DecodedRequest | undefined;
  let input: unknown;
  if (code.inputFn) input = await code.inputFn(body, contentType, context);
  else {
    decoded = decode(body, { kind: bodyKind(contentType), inputs: needed(model).inputs });
    input = named(decoded.values);
  }
  const prediction = code.predictFn
    ? await code.predictFn(input, loaded, context)
    : await ownModel(needed(model)).run(input);
  if (code.outputFn) {
    const made = await code.outputFn(prediction, accept, context);
    return written(made, { accept, made: `outputFn of ${code.file}` });
  }
  const tensors = model && outputsOf(prediction, model.outputs);
  if (!tensors) return json(prediction);
  const rows: DecodedRequest = decoded ?? { values: tensors, kind: "json", format: "row" };
  return encode(tensors, { type: answerType(accept, rows.kind), request: rows });
}

/** What a function returned: a body, or a body with its content type. */
function written(
  value: unknown,
  { accept, made }: { accept: string | undefined; made: string },
): PredictionAnswer {
  if (isBody(value)) {
    const [type = ""] = (accept ?? "").split(/[,;]/);
    const contentType = type === "" || type.includes("*") ? "application/json" : type.trim();
    return { status: 200, contentType, body: value };
  }
  const { body, contentType, customAttributes } = (value ?? {}) as Partial<PredictionAnswer>;
  if (!isBody(body)) {
    throw new Error(`${made} returned no body: return a string, bytes, or { body, contentType }`);
  }
  return { status: 200, contentType: contentType ?? "application/json", customAttributes, body };
}

function isBody(value: unknown): value is string | Uint8Array {
  return typeof value === "string" || value instanceof Uint8Array;
}

function json(value: unknown): PredictionAnswer {
  const body = JSON.stringify(value, (_key, member: unknown) => {
    // As requests have them: strings of digits beyond 2^53.
    if (typeof member === "bigint") {
      const number = Number(member);
      return Number.isSafeInteger(number) ? number : String(member);
    }
    return ArrayBuffer.isView(member) ? Array.from(member as Float32Array) : member;
  });
  return { status: 200, contentType: "application/json", body: body ?? "null" };
}

/** A function may say with `statusCode` that a fault is the caller's; any other is the model's, a 500. */
function statusOf(error: unknown): number {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  const isStatus = Number.isInteger(statusCode) && Number(statusCode) >= 400;
  return isStatus && Number(statusCode) < 600 ? Number(statusCode) : 500;
}

function needed(model: Model | undefined): Model {
  if (model) return model;
  throw new Error("the model folder holds no model.onnx for the default functions to use");
}

function named(values: readonly TensorValue[]): NamedTensors {
  return Object.fromEntries(
    values.map(({ name, type, dims, data }) => [name, { type, dims, data }]),
  );
}

function valuesOf(given: unknown, inputs: readonly TensorSpec[]): TensorValue[] {
  const isNamed = typeof given === "object" && given !== null && !Array.isArray(given);
  return inputs.map((spec) => {
    if (!isNamed || isTensor(given)) {
      if (inputs.length === 1) return tensorOf(given, spec);
      throw badInput(`expected an object with ${describeSpecs(inputs)}`);
    }
    const value = (given as Record<string, unknown>)[spec.name];
    if (value !== undefined) return tensorOf(value, spec);
    throw badInput(`there is no input ${spec.name}; expected ${describeSpecs(inputs)}`);
  });
}

function tensorOf(value: unknown, spec: TensorSpec): TensorValue {
  if (!isTensor(value)) return readNested(value, spec);
  const { name, type } = spec;
  const data = kinds[type].allocate(value.data.length);
  const Kind = data.constructor;
  if (value.data instanceof Kind)
    return { name, type, dims: value.dims, data: value.data as never };
  Array.from(value.data).forEach((element, index) => {
    data[index] = element;
  });
  return { name, type, dims: value.dims, data };
}

/** The model's outputs, where a prediction still consists of them. */
function outputsOf(prediction: unknown, outputs: readonly TensorSpec[]): TensorValue[] | undefined {
  const tensors = (prediction ?? {}) as Record<string, unknown>;
  if (!outputs.every(({ name }) => isTensor(tensors[name]))) return undefined;
  return outputs.map((spec) => {
    const { shape: _, ...rest } = spec;
    return { ...rest, ...tensorOf(tensors[spec.name], spec) };
  });
}

function isTensor(value: unknown): value is PlainTensor {
  const { dims, data } = (value ?? {}) as Partial<PlainTensor>;
  return Array.isArray(dims) && typeof data === "object" && data !== null && "length" in data;
}

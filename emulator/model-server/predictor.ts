import { isUtf8 } from "node:buffer";
import { messageOf } from "../core/errors.ts";
import { columnsAsJson, rowsAsCsv, rowsAsJson, rowsAsJsonLines } from "./answer-body.ts";
import { readCsvRequest } from "./csv-request.ts";
import { readJsonLinesRequest, readJsonRequest } from "./json-request.ts";
import { type AnswerType, answerType, type BodyKind, bodyKind } from "./media-type.ts";
import type { Model } from "./model.ts";
import { readNested } from "./nested-tensor.ts";
import { outputAsNpy, readNpyRequest } from "./npy-body.ts";
import { readPlainNumbers } from "./plain-numbers.ts";
import { badInput, Refusal } from "./refusal.ts";
import type { TensorSpec, TensorValue } from "./tensor-spec.ts";

export interface PredictionRequest {
  /** As the request's headers say, `undefined` where it has none. */
  readonly contentType: string | undefined;
  readonly accept: string | undefined;
  readonly customAttributes?: string | undefined;
  readonly body: Uint8Array;
}

export interface PredictionAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly customAttributes?: string | undefined;
  readonly body: string | Uint8Array;
}

/** Answers the body of one invocation. Never rejects: faults are answers with a status of 4xx or 5xx. */
export type Predict = (request: PredictionRequest) => Promise<PredictionAnswer>;

/** The inputs that a body holds, and what its answer is to look like. */
export interface DecodedRequest {
  readonly values: readonly TensorValue[];
  readonly kind: BodyKind;
  readonly format: "row" | "column";
}

/** The one way in which the container and the in-process endpoint answer invocations. */
export function predictor(model: Model): Predict {
  return async ({ contentType, accept, body }) => {
    try {
      const kind = bodyKind(contentType);
      // Before the model computes what nobody will take.
      const type = answerType(accept, kind);
      const request = decode(body, { kind, inputs: model.inputs });
      return encode(await run(model, request.values), { type, request });
    } catch (error) {
      return errorAnswer(error);
    }
  };
}

/** @throws Refusal that names the tensor, what was expected and what came. */
export function decode(
  body: Uint8Array,
  { kind, inputs }: { kind: BodyKind; inputs: readonly TensorSpec[] },
): DecodedRequest {
  if (kind === "npy") return { values: readNpyRequest(body, inputs), kind, format: "row" };
  const plain = kind === "csv" ? readPlainNumbers(body, inputs) : undefined;
  if (plain) return { values: plain, kind, format: "row" };
  const text = textOf(body);
  if (kind === "csv") return { values: readCsvRequest(text, inputs), kind, format: "row" };
  const read = kind === "json" ? readJsonRequest : readJsonLinesRequest;
  const { values, format } = read(text, inputs);
  return { values: inputs.map((spec, index) => readNested(values[index], spec)), kind, format };
}

export function encode(
  outputs: readonly TensorValue[],
  { type, request }: { type: AnswerType; request: DecodedRequest },
): PredictionAnswer {
  const { format, values } = request;
  const rowCount = (format === "row" ? values : outputs)[0]?.dims[0] ?? 0;
  return {
    status: 200,
    contentType: type.contentType,
    body: bodyOf(outputs, { kind: type.kind, format, rowCount }),
  };
}

function bodyOf(
  outputs: readonly TensorValue[],
  options: { kind: BodyKind; format: "row" | "column"; rowCount: number },
): string | Uint8Array {
  const { kind, format, rowCount } = options;
  switch (kind) {
    case "npy":
      return outputAsNpy(outputs);
    case "csv":
      return rowsAsCsv(outputs, rowCount);
    case "jsonlines":
      return rowsAsJsonLines(outputs, rowCount);
    case "json":
      return format === "column" ? columnsAsJson(outputs) : rowsAsJson(outputs, rowCount);
  }
}

/** Shapes and types are right by now: what a run still refuses are values, say an index out of range. */
export async function run(model: Model, values: readonly TensorValue[]): Promise<TensorValue[]> {
  try {
    return await model.run(values);
  } catch (error) {
    const message = messageOf(error);
    if (!/Status Message: /.test(message) || /alloc/i.test(message)) throw error;
    throw badInput(
      `the model refuses these values: ${message.replace(/^.*Status Message: /s, "")}`,
    );
  }
}

/** What a fault is answered with: `{"error": "…"}`. */
export function errorAnswer(error: unknown): PredictionAnswer {
  const status = error instanceof Refusal ? error.status : 500;
  return {
    status,
    contentType: "application/json",
    body: JSON.stringify({ error: messageOf(error) }),
  };
}

function textOf(body: Uint8Array): string {
  if (!isUtf8(body)) throw badInput("the body is not UTF-8");
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
}

import { messageOf } from "../core/errors.ts";
import { columnsAsJson, rowsAsCsv, rowsAsJson } from "./answer-body.ts";
import { readCsvRequest } from "./csv-request.ts";
import { readJsonRequest } from "./json-request.ts";
import { type AnswerType, answerType, bodyKind } from "./media-type.ts";
import type { Model } from "./model.ts";
import { readNested } from "./nested-tensor.ts";
import { badInput, Refusal } from "./refusal.ts";
import type { TensorValue } from "./tensor-spec.ts";

export interface PredictionRequest {
  /** As the request's headers say, `undefined` where it has none. */
  readonly contentType: string | undefined;
  readonly accept: string | undefined;
  readonly body: Uint8Array;
}

export interface PredictionAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Answers the body of one invocation. Never rejects: faults are answers with a status of 4xx or 5xx. */
export type Predict = (request: PredictionRequest) => Promise<PredictionAnswer>;

/** The one way in which the container and the in-process endpoint answer invocations. */
export function predictor(model: Model): Predict {
  return async ({ contentType, accept, body }) => {
    try {
      const kind = bodyKind(contentType);
      const type = answerType(accept, kind);
      const text = textOf(body);
      if (kind === "csv") {
        const values = readCsvRequest(text, model.inputs);
        return await answer(model, { values, type, format: "row" });
      }
      const request = readJsonRequest(text, model.inputs);
      const values = model.inputs.map((spec, index) => readNested(request.values[index], spec));
      return await answer(model, { values, type, format: request.format });
    } catch (error) {
      return errorAnswer(error);
    }
  };
}

async function answer(
  model: Model,
  options: { values: readonly TensorValue[]; type: AnswerType; format: "row" | "column" },
): Promise<PredictionAnswer> {
  const { values, type, format } = options;
  const outputs = await run(model, values);
  const write = () => {
    if (type.kind === "json" && format === "column") return columnsAsJson(outputs);
    const rowCount = (format === "row" ? values : outputs)[0]?.dims[0] ?? 0;
    return type.kind === "json" ? rowsAsJson(outputs, rowCount) : rowsAsCsv(outputs, rowCount);
  };
  return { status: 200, contentType: type.contentType, body: write() };
}

/** Shapes and types are right by now: what a run still refuses are values, say an index out of range. */
async function run(model: Model, values: readonly TensorValue[]): Promise<TensorValue[]> {
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

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
}

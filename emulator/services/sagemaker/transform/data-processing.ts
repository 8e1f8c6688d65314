import type { DataProcessing } from "@aws-sdk/client-sagemaker";
import { type JsonPath, jsonPath } from "./json-path.ts";
import { linesOf, type Payload } from "./payloads.ts";

/**
 * Cuts what the container need not see out of records, and joins its answers to them.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
 */
export interface Processing {
  /** The record as the container gets it. */
  before(record: string): string;
  /** The answer to a payload as it is written. */
  after(records: Payload, answer: string): string;
}

/** @returns `undefined` where nothing is done; a text where a filter is no path */
export function processingOf(
  { InputFilter = "$", OutputFilter = "$", JoinSource = "None" }: DataProcessing,
  { contentType, isSplit }: { contentType: string | undefined; isSplit: boolean },
): Processing | string | undefined {
  if (InputFilter === "$" && OutputFilter === "$" && JoinSource === "None") return undefined;
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  const isCsv = type === "text/csv";
  if (!isCsv && type !== "application/json" && type !== "application/jsonlines") {
    return `DataProcessing takes a ContentType of text/csv, application/json or application/jsonlines, not ${type}.`;
  }
  const input = jsonPath(InputFilter);
  const output = jsonPath(OutputFilter);
  if (!input) return `InputFilter is no JSONPath that batch transforms take: ${InputFilter}`;
  if (!output) return `OutputFilter is no JSONPath that batch transforms take: ${OutputFilter}`;
  const isJoined = JoinSource === "Input";
  const isTable = isCsv && !isSplit;
  return {
    before(record) {
      if (InputFilter === "$") return record;
      const parts = isTable ? linesOf(record) : [record];
      return parts.map((part) => filtered(part, { path: input, isCsv })).join("\n");
    },
    after(records, answer) {
      const inputs = isTable ? linesOf(records[0] ?? "") : records;
      const answers = isSplit || isCsv ? linesOf(answer.trimEnd()) : [answer];
      if (isJoined && answers.length !== inputs.length) {
        throw new Error(
          `${inputs.length} records were answered with ${answers.length} lines, which cannot be joined: use BatchStrategy SingleRecord, or an Accept whose answers are a line each`,
        );
      }
      const written = answers.map((each, index) => {
        const whole = isJoined ? joined(inputs[index] ?? "", { answer: each, isCsv }) : each;
        return OutputFilter === "$" ? whole : filtered(whole, { path: output, isCsv });
      });
      return written.join("\n");
    },
  };
}

function filtered(text: string, { path, isCsv }: { path: JsonPath; isCsv: boolean }): string {
  return isCsv ? rowText(path(cellsOf(text))) : JSON.stringify(path(JSON.parse(text)) ?? null);
}

/** A CSV row with the prediction's columns after it; a JSON object with the prediction as one more member. */
function joined(record: string, { answer, isCsv }: { answer: string; isCsv: boolean }): string {
  if (isCsv) return `${record},${answer}`;
  const input: unknown = JSON.parse(record);
  const SageMakerOutput: unknown = JSON.parse(answer);
  const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
  return JSON.stringify(
    isObject ? { ...input, SageMakerOutput } : { SageMakerInput: input, SageMakerOutput },
  );
}

/** Cells as they are written, quotes included. */
function cellsOf(line: string): string[] {
  return [...`,${line}`.matchAll(/,("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell = ""]) => cell);
}

function rowText(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : String(value ?? "");
}

import type { DataProcessing } from "@aws-sdk/client-sagemaker";
import { type JsonPath, jsonPath } from "./json-path.ts";

/**
 * Cuts what the container need not see out of records, and joins its answers to them.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
 */
export interface Processing {
  /** The record as the container gets it. */
  before(record: string): string;
  /** The answer to a payload as it is written. */
  after(records: readonly string[], answer: string): string;
}

export interface Formats {
  readonly contentType: string | undefined;
  /** The answer's; that of the input when absent. */
  readonly accept: string | undefined;
  readonly isSplit: boolean;
}

const FORMATS = ["text/csv", "application/json", "application/jsonlines"];

/** @returns `undefined` where nothing is done; a text where a filter is no path, or a format is none that is filtered */
export function processingOf(
  { InputFilter = "$", OutputFilter = "$", JoinSource = "None" }: DataProcessing,
  { contentType, accept, isSplit }: Formats,
): Processing | string | undefined {
  if (InputFilter === "$" && OutputFilter === "$" && JoinSource === "None") return undefined;
  const given = typeOf(contentType);
  const answered = accept === undefined ? given : typeOf(accept);
  for (const [member, type] of Object.entries({ ContentType: given, Accept: answered })) {
    if (type !== undefined && FORMATS.includes(type)) continue;
    return `DataProcessing needs ${member} to be one of ${FORMATS.join(", ")}, not ${type}.`;
  }
  const input = jsonPath(InputFilter);
  const output = jsonPath(OutputFilter);
  if (!input) return `InputFilter is no JSONPath that batch transforms take: ${InputFilter}`;
  if (!output) return `OutputFilter is no JSONPath that batch transforms take: ${OutputFilter}`;
  const isCsv = given === "text/csv";
  const isCsvAnswered = answered === "text/csv";
  const isJoined = JoinSource === "Input";
  if (isJoined && isCsv !== isCsvAnswered) {
    return "JoinSource Input needs a ContentType and an Accept of one format.";
  }
  const isTable = isCsv && !isSplit;
  return {
    before(record) {
      if (InputFilter === "$") return record;
      const parts = isTable ? linesOf(record) : [unended(record)];
      return parts.map((part) => filtered(part, { path: input, isCsv })).join("\n");
    },
    after(records, answer) {
      const inputs = isTable ? linesOf(records[0] ?? "") : records.map(unended);
      const answers = isSplit || isCsvAnswered ? linesOf(answer.trimEnd()) : [answer];
      if (isJoined && answers.length !== inputs.length) {
        throw new Error(
          `${inputs.length} records were answered with ${answers.length} lines, which cannot be joined: use BatchStrategy SingleRecord, or an Accept whose answers are a line each`,
        );
      }
      const written = answers.map((each, index) => {
        const whole = isJoined ? joined(inputs[index] ?? "", { answer: each, isCsv }) : each;
        if (OutputFilter === "$") return whole;
        return filtered(whole, { path: output, isCsv: isCsvAnswered });
      });
      return written.join("\n");
    },
  };
}

function typeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(";")[0]?.trim().toLowerCase();
}

/** The lines of a text; the end of the last one is no line of its own. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** A record without the carriage return that its file ends lines with. */
function unended(record: string): string {
  return record.endsWith("\r") ? record.slice(0, -1) : record;
}

function filtered(text: string, { path, isCsv }: { path: JsonPath; isCsv: boolean }): string {
  return isCsv ? rowText(path(cellsOf(text))) : JSON.stringify(path(JSON.parse(text)));
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

import type { StreamRecord } from "./record-source.ts";

/**
 * Where a function that reports batch item failures has stopped.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export type BatchReport =
  | { readonly type: "success" }
  | { readonly type: "failure" }
  /** Everything before the record at this index is done. */
  | { readonly type: "partial"; readonly index: number };

const SUCCESS: BatchReport = { type: "success" };
const FAILURE: BatchReport = { type: "failure" };

/**
 * Reads a function's answer. Nothing, or an empty list, is success; an identifier that is no sequence
 * number of the batch fails the whole batch; else the lowest one named is where to go on.
 */
export function readReport(payload: string, records: readonly StreamRecord[]): BatchReport {
  const failures = failuresIn(payload);
  if (failures === undefined) return SUCCESS;
  if (!Array.isArray(failures)) return FAILURE;
  let lowest = records.length;
  for (const failure of failures) {
    const identifier = (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
    const index = records.findIndex(({ sequenceNumber }) => sequenceNumber === identifier);
    if (index < 0) return FAILURE;
    lowest = Math.min(lowest, index);
  }
  return lowest === records.length ? SUCCESS : { type: "partial", index: lowest };
}

/** The list under batchItemFailures; `undefined` where there is none. */
function failuresIn(payload: string): unknown {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return undefined;
  }
  if (typeof answer !== "object" || answer === null) return undefined;
  return (answer as { batchItemFailures?: unknown }).batchItemFailures ?? undefined;
}

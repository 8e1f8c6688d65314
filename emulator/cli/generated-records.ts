import { generators } from "../../fixtures/generators.ts";

const SEED = 1;

/** A shipped pipeline's input without an end, the same in every run; `undefined` where its samples are to be repeated. */
export function generatedRecords(pipeline: string): Iterator<object> | undefined {
  // It is asked for forecasts; what is generated are the rows of its files.
  if (pipeline === "power-usage") return undefined;
  return generators.get(pipeline)?.({ seed: SEED });
}

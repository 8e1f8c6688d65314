import { describeSpecs, type TensorSpec } from "./tensor-spec.ts";

/** The caller's mistake: answered with its status and `{"error": "…"}`. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const TYPES = "application/json, application/jsonlines, text/csv and application/x-npy";

export const unsupportedMediaType = (type: string | undefined) =>
  new Refusal(415, `Unsupported Media Type: ${type ?? "Unknown"}; this model takes ${TYPES}`);

export const notAcceptable = (accept: string) =>
  new Refusal(406, `Not Acceptable: ${accept}; this model answers ${TYPES}`);

export const tooLarge = (maxBytes: number) =>
  new Refusal(413, `the request body exceeds ${maxBytes} bytes`);

export const badInput = (message: string) => new Refusal(400, message);

export const noRows = (specs: readonly TensorSpec[]) =>
  badInput(`the request holds no rows; this model takes ${describeSpecs(specs)}`);

export const notPerRow = (name: string, dims: readonly number[], rows: number) =>
  badInput(
    `output ${name} has the shape [${dims.join(",")}], which is not one prediction for each of ${rows} rows: ask for application/json with {"inputs": …} instead`,
  );

/** A value as a fault quotes it, cut where it gets long. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

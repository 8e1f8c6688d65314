import { messageOf } from "../core/errors.ts";
import { badInput, shown } from "./refusal.ts";
import { describeSpecs, type TensorSpec } from "./tensor-spec.ts";

/**
 * What a JSON body asks for, in TensorFlow Serving's two formats: rows (`instances`, answered with
 * `predictions`) and columns (`inputs`, answered with `outputs`).
 * https://www.tensorflow.org/tfx/serving/api_rest
 */
export interface JsonRequest {
  readonly format: "row" | "column";
  /** The nested value of each input, in the order of the model's inputs. */
  readonly values: readonly unknown[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/** The signature that an exported model has; ONNX knows no other. */
const SIGNATURE = "serving_default";
const KEYS = ["instances", "inputs", "signature_name"];

/** Reads a body: either format, JSON lines, or a bare value, which is wrapped into rows. */
export function readJsonRequest(text: string, inputs: readonly TensorSpec[]): JsonRequest {
  const body = parse(text);
  if (isObject(body)) {
    if (Object.hasOwn(body, "instances") || Object.hasOwn(body, "inputs")) {
      return keyed(body, inputs);
    }
    if (Object.hasOwn(body, "examples")) {
      throw badInput('"examples" belongs to classify and regress, which a model of ONNX has not');
    }
  }
  return rows(wrap(body), inputs);
}

/**
 * Reads JSON lines: each line is one row. A body with `instances` or `inputs` is read as it would be under
 * application/json, as SageMaker's TensorFlow container does.
 */
export function readJsonLinesRequest(text: string, inputs: readonly TensorSpec[]): JsonRequest {
  if (/^\s*\{\s*"(?:instances|inputs|signature_name)"\s*:/.test(text)) {
    return readJsonRequest(text, inputs);
  }
  const list: unknown[] = [];
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    try {
      list.push(JSON.parse(withSpecialNumbers(line)));
    } catch (error) {
      throw badInput(`line ${index + 1} is not JSON: ${messageOf(error)}`);
    }
  });
  return rows(list, inputs);
}

function keyed(body: JsonObject, inputs: readonly TensorSpec[]): JsonRequest {
  const stranger = Object.keys(body).find((key) => !KEYS.includes(key));
  if (stranger !== undefined) throw badInput(`unknown key ${shown(stranger)} beside the inputs`);
  if (body.signature_name !== undefined && body.signature_name !== SIGNATURE) {
    throw badInput(`there is no signature ${shown(body.signature_name)}, only "${SIGNATURE}"`);
  }
  if (!Object.hasOwn(body, "inputs")) return rows(body.instances, inputs);
  if (Object.hasOwn(body, "instances")) {
    throw badInput('a request holds either "instances" or "inputs", not both');
  }
  return { format: "column", values: byName(body.inputs, { inputs, place: '"inputs"' }) };
}

/** Turns rows into one value per input, as the column format has them. */
function rows(instances: unknown, inputs: readonly TensorSpec[]): JsonRequest {
  if (!Array.isArray(instances)) throw badInput('"instances" is not a list of rows');
  const list: readonly unknown[] = instances;
  if (inputs.length === 1 && !isObject(list[0])) return { format: "row", values: [list] };
  const columns = inputs.map((): unknown[] => []);
  list.forEach((row, index) => {
    const values = byName(row, { inputs, place: `row ${index + 1}` });
    values.forEach((value, input) => {
      columns[input]?.push(value);
    });
  });
  return { format: "row", values: columns };
}

function byName(
  value: unknown,
  { inputs, place }: { inputs: readonly TensorSpec[]; place: string },
): unknown[] {
  if (!isObject(value)) {
    if (inputs.length === 1) return [value];
    throw badInput(`expected ${place} to be an object with ${describeSpecs(inputs)}`);
  }
  for (const name of Object.keys(value)) {
    if (inputs.some((input) => input.name === name)) continue;
    throw badInput(`${place} names the input ${shown(name)}; expected ${describeSpecs(inputs)}`);
  }
  return inputs.map(({ name }) => {
    if (Object.hasOwn(value, name)) return value[name];
    throw badInput(`${place} lacks the input ${shown(name)}; expected ${describeSpecs(inputs)}`);
  });
}

/** `5` and `[1,2]` are one row; `[[1,2],[3,4]]` is two, and so is a list of objects. */
function wrap(body: unknown): readonly unknown[] {
  if (!Array.isArray(body)) return [body];
  const [first] = body as readonly unknown[];
  return typeof first === "object" && first !== null ? body : [body];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const read = attempt(() => [JSON.parse(withSpecialNumbers(text)) as unknown]);
    if (read) return read[0];
    return attempt(() => jsonLines(withSpecialNumbers(text))) ?? refuse(error);
  }
}

/** TensorFlow Serving reads bare NaN and Infinity, which JSON does not have: quoted, elements read them. */
function withSpecialNumbers(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|-?\b(?:NaN|Infinity)\b/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

function jsonLines(text: string): unknown[] | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 1 ? lines.map((line) => JSON.parse(line) as unknown) : undefined;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function refuse(error: unknown): never {
  throw badInput(`the body is not JSON: ${messageOf(error)}`);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

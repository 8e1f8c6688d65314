import { kinds } from "./element-kind.ts";
import { notPerRow } from "./refusal.ts";
import type { TensorValue } from "./tensor-spec.ts";

/** The column format's answer: `{"outputs": …}`, an object by name when there are several. */
export function columnsAsJson(outputs: readonly TensorValue[]): string {
  return `{"outputs":${namedValues(outputs, (output) => nested(output))}}`;
}

/** The row format's answer: `{"predictions": […]}`, bare values, or objects when there are several. */
export function rowsAsJson(outputs: readonly TensorValue[], rowCount: number): string {
  checkRows(outputs, rowCount);
  const [only] = outputs;
  if (only && outputs.length === 1) return `{"predictions":${nested(only)}}`;
  const rows = Array.from({ length: rowCount }, (_, row) =>
    namedValues(outputs, (output) => nested(output, { depth: 1, index: row })),
  );
  return `{"predictions":[${rows.join(",")}]}`;
}

/** One line of JSON a row: a bare value, or an object when there are several outputs. */
export function rowsAsJsonLines(outputs: readonly TensorValue[], rowCount: number): string {
  checkRows(outputs, rowCount);
  let text = "";
  for (let index = 0; index < rowCount; index += 1) {
    text += `${namedValues(outputs, (output) => nested(output, { depth: 1, index }))}\n`;
  }
  return text;
}

/** One line a row, the outputs' elements side by side. */
export function rowsAsCsv(outputs: readonly TensorValue[], rowCount: number): string {
  checkRows(outputs, rowCount);
  let text = "";
  for (let row = 0; row < rowCount; row += 1) {
    let separator = "";
    for (const { type, data } of outputs) {
      const { toCell } = kinds[type];
      const width = data.length / rowCount;
      for (let at = row * width; at < (row + 1) * width; at += 1) {
        text += separator + toCell(data[at] ?? "");
        separator = ",";
      }
    }
    text += "\n";
  }
  return text;
}

function checkRows(outputs: readonly TensorValue[], rowCount: number): void {
  for (const { name, dims } of outputs) {
    if (dims[0] !== rowCount) throw notPerRow(name, dims, rowCount);
  }
}

function namedValues(
  outputs: readonly TensorValue[],
  write: (output: TensorValue) => string,
): string {
  const [only] = outputs;
  if (only && outputs.length === 1) return write(only);
  return `{${outputs.map((output) => `${JSON.stringify(output.name)}:${write(output)}`).join(",")}}`;
}

interface Part {
  readonly depth: number;
  /** Which of the lists at this depth. */
  readonly index: number;
}

const WHOLE: Part = { depth: 0, index: 0 };

/** A tensor, or a part of it, as nested lists. */
function nested({ type, dims, data, labels }: TensorValue, { depth, index }: Part = WHOLE): string {
  const { toJson } = kinds[type];
  const keys = labels?.map((label) => `${JSON.stringify(label)}:`);
  const write = (level: number, at: number): string => {
    const size = dims[level];
    if (size === undefined) return toJson(data[at] ?? "");
    const isMap = keys !== undefined && level === dims.length - 1;
    let text = isMap ? "{" : "[";
    for (let member = 0; member < size; member += 1) {
      if (member > 0) text += ",";
      if (isMap) text += keys[member] ?? "";
      text += write(level + 1, at * size + member);
    }
    return text + (isMap ? "}" : "]");
  };
  return write(depth, index);
}

import { kinds } from "./element-kind.ts";
import { badInput, noRows, shown } from "./refusal.ts";
import { expectation } from "./row-shape.ts";
import { describeSpecs, product, type TensorSpec, type TensorValue } from "./tensor-spec.ts";

type Rows = readonly (readonly string[])[];

/** Reads CSV rows; with several inputs, a row's cells go to them in the model's order. */
export function readCsvRequest(text: string, inputs: readonly TensorSpec[]): TensorValue[] {
  const rows = text.includes('"') ? quotedRows(text) : plainRows(text);
  const first = rows[0];
  if (!first) throw noRows(inputs);
  const widths = inputs.map((spec) => widthOf(spec, { inputs, found: first.length }));
  const total = widths.reduce((sum, width) => sum + width, 0);
  rows.forEach((row, index) => {
    if (row.length === total && row.length > 0) return;
    throw badInput(`${expectedRows(inputs, total)}, row ${index + 1} has ${row.length}`);
  });
  let start = 0;
  return inputs.map((spec, index) => {
    const width = widths[index] ?? 0;
    const value = readColumns(rows, { spec, start, width });
    start += width;
    return value;
  });
}

/** How many cells of a row an input takes; what the model leaves open, the first row decides. */
function widthOf(
  { shape }: TensorSpec,
  { inputs, found }: { inputs: readonly TensorSpec[]; found: number },
): number {
  if (shape.length === 0) throw noCsv(inputs);
  const [, ...row] = shape;
  const sizes = row.filter((size) => typeof size === "number");
  if (sizes.length === row.length) return product(sizes);
  if (inputs.length > 1 || row.length > 1) throw noCsv(inputs);
  return found;
}

function readColumns(
  rows: Rows,
  { spec, start, width }: { spec: TensorSpec; start: number; width: number },
): TensorValue {
  const [batch, ...row] = spec.shape;
  if (typeof batch === "number" && batch !== rows.length) {
    throw badInput(`${expectation(spec)}, the request has ${rows.length}`);
  }
  const { allocate, fromCell } = kinds[spec.type];
  const data = allocate(rows.length * width);
  let next = 0;
  for (const cells of rows) {
    for (let column = start; column < start + width; column += 1) {
      const element = fromCell(cells[column] ?? "");
      if (element === undefined) throw notAnElement(rows, { spec, row: cells, column });
      data[next] = element;
      next += 1;
    }
  }
  const dims = [rows.length, ...row.map((size) => (typeof size === "number" ? size : width))];
  return { name: spec.name, type: spec.type, dims, data };
}

function notAnElement(
  rows: Rows,
  { spec, row, column }: { spec: TensorSpec; row: readonly string[]; column: number },
): Error {
  const at = rows.indexOf(row);
  const isHeader = at === 0 && row.every((cell) => kinds.float64.fromCell(cell) === undefined);
  const hint = isHeader ? "; a header row is not accepted" : "";
  return badInput(
    `${expectation(spec)}, row ${at + 1}, column ${column + 1} is ${shown(row[column])}${hint}`,
  );
}

function expectedRows(inputs: readonly TensorSpec[], total: number): string {
  const [only] = inputs;
  if (only && inputs.length === 1) return expectation(only);
  return `expected rows of ${total} columns (${describeSpecs(inputs)})`;
}

function noCsv(inputs: readonly TensorSpec[]): Error {
  return badInput(
    `rows of text/csv do not fit this model's inputs (${describeSpecs(inputs)}): send application/json`,
  );
}

function plainRows(text: string): Rows {
  const rows: string[][] = [];
  for (const line of withoutMark(text).split("\n")) {
    const cells = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (cells.trim() !== "") rows.push(cells.split(","));
  }
  return rows;
}

/** Cells in quotes may hold commas, line ends and doubled quotes: RFC 4180. */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function quotedRows(text: string): Rows {
  const source = withoutMark(text);
  const rows: string[][] = [];
  let row: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < source.length) {
    const found = CELL.exec(source);
    if (!found) throw badInput(`row ${rows.length + 1} has a stray quote or carriage return`);
    const [, inQuotes, plain = "", end] = found;
    row.push(inQuotes?.replaceAll('""', '"') ?? plain);
    if (end === ",") {
      if (CELL.lastIndex === source.length) row.push("");
      else continue;
    }
    if (row.length > 1 || inQuotes !== undefined || plain.trim() !== "") rows.push(row);
    row = [];
  }
  return rows;
}

/** Spreadsheets put a byte order mark before the first cell. */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

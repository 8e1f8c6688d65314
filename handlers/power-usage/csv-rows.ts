import type { Readable } from "node:stream";
import { parse } from "csv-parse";
import { NUMBERS, type PowerRecord, problemOf } from "./power-record.ts";

/** A line of the file that is no reading. */
export interface BrokenLine {
  /** From 1, the header's. */
  readonly line: number;
  readonly problem: string;
}

export class BadFile extends Error {
  override readonly name = "BadFile";
}

const COLUMNS = ["Date", "Time", ...NUMBERS] as const;

/**
 * The readings of a file, one by one while it arrives, and between them the lines that are none. Columns stand in any
 * order, separated by commas or semicolons (as in UCI's own file); those of other names are left out.
 * @throws BadFile when the header lacks a column
 */
export async function* csvRows(
  file: Readable,
  userId: string,
): AsyncGenerator<PowerRecord | BrokenLine> {
  const lines = file.pipe(
    // No quotes: a stray one in a broken line must not swallow the lines after it.
    parse({ delimiter: [",", ";"], quote: false, bom: true, relax_column_count: true, info: true }),
  );
  file.once("error", (error) => lines.destroy(error));
  let header: readonly string[] | undefined;
  // Whoever stops reading in the middle gives the download back.
  lines.once("close", () => file.destroy());
  for await (const { record, info } of lines as AsyncIterable<ParsedLine>) {
    if (!header) {
      header = checkedHeader(record.map((name) => name.trim()));
    } else if (record.length !== header.length) {
      yield {
        line: info.lines,
        problem: `has ${record.length} columns, the header ${header.length}`,
      };
    } else {
      yield readLine({ header, record, line: info.lines, userId });
    }
  }
  if (!header) throw new BadFile("the file is empty");
}

interface ParsedLine {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function checkedHeader(header: readonly string[]): readonly string[] {
  const missing = COLUMNS.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new BadFile(`the header lacks ${missing.join(", ")}`);
  return header;
}

function readLine({
  header,
  record,
  line,
  userId,
}: {
  header: readonly string[];
  record: readonly string[];
  line: number;
  userId: string;
}): PowerRecord | BrokenLine {
  const row = Object.fromEntries(COLUMNS.map((name) => [name, record[header.indexOf(name)]]));
  const problem = problemOf(row);
  if (problem) return { line, problem };
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, Number(row[name])]));
  return { ...row, ...numbers, user_id: userId } as PowerRecord;
}

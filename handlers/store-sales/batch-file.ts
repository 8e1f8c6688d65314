import { parse } from "csv-parse/sync";
import { BadInput } from "./bad-input.ts";
import { dayOf } from "./calendar.ts";
import { familyIndex } from "./families.ts";
import { featuresOf, modelRow } from "./features.ts";
import { storeOf } from "./stores.ts";

const COLUMNS = ["id", "date", "store_nbr", "family", "onpromotion"] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** A file of days to forecast, as the batch transform takes it. */
export interface BatchFile {
  /** One line a day: its id, then the model's numbers. */
  readonly lines: readonly string[];
  /** What is wrong with the lines that are left out. */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

/**
 * Reads the original's test.csv: `id,date,store_nbr,family,onpromotion`, further columns passed over. A bad line is
 * left out with its reason; it costs no other line.
 * @throws BadInput when it is no such file at all
 */
export function readBatchFile(text: string): BatchFile {
  const rejected: { line: number; reason: string }[] = [];
  const lines: string[] = [];
  const seen = new Map<string, number>();
  let header: readonly string[] | undefined;
  for (const [index, content] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (content.trim() === "") continue;
    if (!header) {
      header = headerOf(content);
      continue;
    }
    const line = index + 1;
    const row = rowOf(content, header);
    const reason = typeof row === "string" ? row : faultOf(row, seen);
    if (reason !== undefined) rejected.push({ line, reason });
    else {
      seen.set((row as Row).id, line);
      lines.push(modelLine(row as Row));
    }
  }
  if (!header) throw new BadInput("the file is empty");
  return { lines, rejected };
}

function headerOf(content: string): readonly string[] {
  const names = cellsOf(content)?.map((name) => name.toLowerCase()) ?? [];
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length === 0) return names;
  throw new BadInput(
    `the columns ${missing.join(", ")} are missing; the first line is ${content.slice(0, 80)}`,
  );
}

/** A line's cells by column, or what is wrong with it. */
function rowOf(content: string, header: readonly string[]): Row | string {
  const cells = cellsOf(content);
  if (!cells) return "a quote is in the middle of a cell, or is not closed";
  if (cells.length < header.length) {
    return `it has ${cells.length} of ${header.length} columns: the line may have been cut off`;
  }
  if (cells.length > header.length) return `it has ${cells.length} columns, not ${header.length}`;
  return Object.fromEntries(header.map((name, index) => [name, cells[index]])) as Row;
}

/** No cell goes over several lines, so each is read by itself: a stray quote takes no other line with it. */
function cellsOf(content: string): string[] | undefined {
  if (!content.includes('"')) return content.split(",").map((cell) => cell.trim());
  try {
    return parse(content, { trim: true })[0];
  } catch {
    return undefined;
  }
}

function faultOf(row: Row, seen: ReadonlyMap<string, number>): string | undefined {
  const { id, date, store_nbr, family, onpromotion } = row;
  if (!/^\d{1,15}$/.test(id)) return `the id is ${shown(id)}, not a whole number`;
  if (dayOf(date) === undefined) return `the date is ${shown(date)}, not one such as 2017-08-16`;
  if (!/^\d{1,4}$/.test(store_nbr) || !storeOf(Number(store_nbr))) {
    return `there is no store ${shown(store_nbr)}: stores are 1 to 54`;
  }
  if (familyIndex(family) < 0) return `there is no family ${shown(family)}`;
  if (!/^\d{1,6}$/.test(onpromotion)) {
    return `onpromotion is ${shown(onpromotion)}, not a number of items`;
  }
  if (seen.has(id)) return `the id ${id} is that of line ${seen.get(id)} too`;
  return undefined;
}

function shown(cell: string): string {
  return JSON.stringify(cell.slice(0, 60));
}

function modelLine({ id, date, store_nbr, family, onpromotion }: Row): string {
  const [store, day] = [storeOf(Number(store_nbr)), dayOf(date)];
  if (!store || day === undefined) throw new Error(`line of ${id} was not checked`);
  const features = featuresOf({ store, day, onpromotion: Number(onpromotion) });
  return `${id},${familyIndex(family) + 1},${modelRow(store, features)}`;
}

import { type CsvError, parse } from "csv-parse/sync";
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
  if (text.trim() === "") throw new BadInput("the file is empty");
  const rejected: { line: number; reason: string }[] = [];
  const lines: string[] = [];
  const seen = new Map<string, number>();
  for (const { record, info } of parsed(text)) {
    const line = info.lines;
    const reason = info.error ? reasonOf(info.error) : faultOf(record);
    const first = seen.get(record.id);
    if (reason !== undefined) rejected.push({ line, reason });
    else if (first !== undefined) {
      rejected.push({ line, reason: `the id ${record.id} is that of line ${first} too` });
    } else {
      seen.set(record.id, line);
      lines.push(modelLine(record));
    }
  }
  return { lines, rejected };
}

interface Parsed {
  readonly record: Row;
  readonly info: { readonly lines: number; readonly error?: CsvError };
}

function parsed(text: string): Parsed[] {
  try {
    return parse(text, {
      bom: true,
      columns: (header: string[]) => {
        const names = header.map((name) => name.trim().toLowerCase());
        const missing = COLUMNS.filter((column) => !names.includes(column));
        if (missing.length === 0) return names;
        const found = names.join(",").slice(0, 80);
        throw new BadInput(
          `the columns ${missing.join(", ")} are missing; the first line is ${found}`,
        );
      },
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(`the file is no CSV: ${(error as Error).message}`);
  }
}

/** csv-parse notes a line with too few or too many cells and goes on. */
function reasonOf({ code, message }: CsvError): string {
  if (!code.includes("INCONSISTENT")) return message;
  return `${message.replace(/ on line \d+$/, "")}: the line may have been cut off`;
}

function faultOf({ id, date, store_nbr, family, onpromotion }: Row): string | undefined {
  if (!/^\d{1,15}$/.test(id)) return `the id is "${id}", not a whole number`;
  if (dayOf(date) === undefined) return `the date is "${date}", not one such as 2017-08-16`;
  if (!/^\d{1,4}$/.test(store_nbr) || !storeOf(Number(store_nbr))) {
    return `there is no store "${store_nbr}": stores are 1 to 54`;
  }
  if (familyIndex(family) < 0) return `there is no family "${family}"`;
  if (!/^\d{1,6}$/.test(onpromotion)) {
    return `onpromotion is "${onpromotion}", not a number of items`;
  }
  return undefined;
}

function modelLine({ id, date, store_nbr, family, onpromotion }: Row): string {
  const [store, day] = [storeOf(Number(store_nbr)), dayOf(date)];
  if (!store || day === undefined) throw new Error(`line of ${id} was not checked`);
  const features = featuresOf({ store, day, onpromotion: Number(onpromotion) });
  return `${id},${familyIndex(family) + 1},${modelRow(store, features)}`;
}

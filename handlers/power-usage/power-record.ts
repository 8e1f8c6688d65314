import type { KinesisStreamRecord } from "aws-lambda";
import scaling from "./scaling.json" with { type: "json" };

export const NUMBERS = [
  "Global_active_power",
  "Global_reactive_power",
  "Voltage",
  "Global_intensity",
  "Sub_metering_1",
  "Sub_metering_2",
  "Sub_metering_3",
] as const;

/** A row of the file, as it travels on telemetry-power-consumption. Powers are kW, sub-meters Wh. */
export type PowerRecord = { readonly [Name in (typeof NUMBERS)[number]]: number } & {
  /** dd/mm/yyyy, or yyyy-mm-dd */
  readonly Date: string;
  /** hh:mm:ss */
  readonly Time: string;
  readonly user_id: string;
};

export { scaling };

/** No household's meter shows more, in whichever unit. */
const LARGEST = 1e6;
// No hexadecimal, which JavaScript would read.
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** What is wrong with a row, or nothing. Texts of the file and numbers of a record are held to the same. */
export function problemOf(row: Partial<Record<string, unknown>>): string | undefined {
  for (const name of NUMBERS) {
    const value = row[name];
    const isNumber = typeof value === "number" || (typeof value === "string" && NUMBER.test(value));
    if (!isNumber) {
      return `has no number at ${name}: ${JSON.stringify(value)?.slice(0, 40) ?? "it is missing"}`;
    }
    if (Math.abs(Number(value)) > LARGEST) return `has more than ${LARGEST} at ${name}: ${value}`;
  }
  if (Number.isNaN(timeOf(row))) {
    return `has no time at Date and Time: ${JSON.stringify([row.Date, row.Time]).slice(0, 60)}`;
  }
  return undefined;
}

/** Milliseconds since 1970, of the meter's own time; NaN for what is no time. */
export function timeOf({ Date: date, Time: time }: { Date?: unknown; Time?: unknown }): number {
  const european = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(String(date));
  const [, day = "", month = "", year = ""] = european ?? [];
  const iso = european ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : date;
  const ms = Date.parse(`${iso}T${time}Z`);
  // JavaScript takes 31 February for 3 March.
  const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(`${iso}T${time}`);
  return isReal ? ms : Number.NaN;
}

/** A record that no retry will mend; says what is wrong with it. */
export class BadRecord extends Error {
  override readonly name = "BadRecord";

  constructor({ kinesis }: KinesisStreamRecord, what: string) {
    super(`record ${kinesis.sequenceNumber} (partition key "${kinesis.partitionKey}") ${what}`);
  }
}

/** A batch up to its first unreadable record. */
export interface ReadBatch {
  readonly rows: readonly PowerRecord[];
  /** What Lambda is answered: where the batch failed, if it did. */
  readonly response: { batchItemFailures: { itemIdentifier: string }[] };
}

/**
 * Reads a batch in order. When a record is bad, those before it are handled and the batch is reported failed from
 * there, so that it comes first next time; then it is thrown, and Lambda halves the batch until the bad record is
 * alone and goes to the on-failure destination.
 */
export function readBatch(records: readonly KinesisStreamRecord[]): ReadBatch {
  const rows: PowerRecord[] = [];
  for (const record of records) {
    try {
      rows.push(readRecord(record));
    } catch (error) {
      if (rows.length === 0) throw error;
      console.error(String(error));
      const itemIdentifier = record.kinesis.sequenceNumber;
      return { rows, response: { batchItemFailures: [{ itemIdentifier }] } };
    }
  }
  return { rows, response: { batchItemFailures: [] } };
}

// A table's key and an object's name are made of it.
const USER = /^[^/]{1,128}$/;

function readRecord(record: KinesisStreamRecord): PowerRecord {
  const text = textOf(record);
  let row: Partial<Record<keyof PowerRecord, unknown>> | null;
  try {
    row = JSON.parse(text);
  } catch {
    throw new BadRecord(record, `is not JSON: ${text.slice(0, 80)}`);
  }
  if (typeof row !== "object" || row === null) throw new BadRecord(record, "is no object");
  const problem = problemOf(row);
  if (problem) throw new BadRecord(record, problem);
  const user = row.user_id ?? record.kinesis.partitionKey;
  if ((typeof user !== "string" && typeof user !== "number") || !USER.test(String(user))) {
    throw new BadRecord(record, `has no user at user_id: ${JSON.stringify(user).slice(0, 40)}`);
  }
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, Number(row[name])]));
  return { Date: row.Date, Time: row.Time, ...numbers, user_id: String(user) } as PowerRecord;
}

function textOf(record: KinesisStreamRecord): string {
  const data = Buffer.from(record.kinesis.data, "base64");
  if (data.length === 0) throw new BadRecord(record, "is empty");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    throw new BadRecord(record, "is not UTF-8 text");
  }
}

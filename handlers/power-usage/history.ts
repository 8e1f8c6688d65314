import { type PowerRecord, timeOf } from "./power-record.ts";

/** One month of one year. */
export interface MonthUsage {
  /** "2009-12" */
  readonly month: string;
  readonly kwh: number;
  readonly dollars: number;
}

/** What the report tells. */
export interface UsageHistory {
  /** Of the last reading's year, in order. */
  readonly months: readonly MonthUsage[];
  /** Shares of that year's energy, of 1. */
  readonly shares: readonly { readonly part: string; readonly share: number }[];
}

/** The usage report's price, which is the original's; its monthly estimate has another. */
export const DOLLARS_PER_KWH = 0.2;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Adds readings up by month as they come; no more than a number per month is kept. */
export class UsageTally {
  readonly #months = new Map<string, number>();
  readonly #byYear = new Map<
    string,
    [rest: number, kitchen: number, laundry: number, hall: number]
  >();
  #previousMs = Number.NaN;
  #stepMs = MINUTE_MS;

  /** Readings follow one another. One stands for the time since the one before, if that is an hour or less. */
  add(row: PowerRecord): void {
    const ms = timeOf(row);
    const gapMs = ms - this.#previousMs;
    if (gapMs > 0 && gapMs <= HOUR_MS) this.#stepMs = gapMs;
    this.#previousMs = ms;
    const hours = this.#stepMs / HOUR_MS;
    const minutes = this.#stepMs / MINUTE_MS;
    const month = new Date(ms).toISOString().slice(0, 7);
    const kwh = row.Global_active_power * hours;
    this.#months.set(month, (this.#months.get(month) ?? 0) + kwh);
    // The sub-meters' readings are Wh in a minute.
    const parts = [row.Sub_metering_1, row.Sub_metering_2, row.Sub_metering_3].map(
      (wh) => (wh * minutes) / 1000,
    ) as [number, number, number];
    const rest = kwh - parts[0] - parts[1] - parts[2];
    const sums = this.#byYear.get(month.slice(0, 4)) ?? [0, 0, 0, 0];
    [rest, ...parts].forEach((value, index) => {
      sums[index] = (sums[index] as number) + value;
    });
    this.#byYear.set(month.slice(0, 4), sums);
  }

  result(): UsageHistory {
    const year = [...this.#byYear.keys()].sort().at(-1) ?? "";
    const sums = (this.#byYear.get(year) ?? [0, 0, 0, 0]).map((sum) => Math.max(0, sum));
    const total = sums.reduce((a, b) => a + b, 0) || 1;
    const parts = ["Rest of the house", "Kitchen", "Laundry room", "Hall"];
    return {
      months: [...this.#months]
        .filter(([month]) => month.startsWith(year))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, kwh]) => ({ month, kwh, dollars: kwh * DOLLARS_PER_KWH })),
      shares: parts.map((part, index) => ({ part, share: (sums[index] as number) / total })),
    };
  }
}

/** "You have used 110.88 kWh more energy and spent $22.18 more on electricity than the last billing period." */
export function comparison({ months }: UsageHistory): string {
  const [before, last] = months.slice(-2) as [MonthUsage, MonthUsage];
  const kwh = last.kwh - before.kwh;
  const word = kwh < 0 ? "less" : "more";
  const dollars = Math.abs(last.dollars - before.dollars);
  return `You have used ${Math.abs(kwh).toFixed(2)} kWh ${word} energy and spent $${dollars.toFixed(2)} ${word} on electricity than the last billing period.`;
}

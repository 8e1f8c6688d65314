import type { Store } from "./stores.ts";

const MS_PER_DAY = 86_400_000;

/** Days since 1970-01-01 of a date such as "2017-08-16"; `undefined` when there is no such date. */
export function dayOf(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const time = Date.parse(`${date}T00:00:00Z`);
  // 30 February is read as 2 March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) return undefined;
  return time / MS_PER_DAY;
}

/** The day of a date that is known to be one. */
export function knownDay(date: string): number {
  const day = dayOf(date);
  if (day === undefined) throw new Error(`${date} is no date`);
  return day;
}

export function dateOf(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (day + 4) % 7;
}

/** How much of its month has passed when a day begins: 0 on the first. */
export function monthFraction(day: number): number {
  const date = new Date(day * MS_PER_DAY);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return (date.getUTCDate() - 1) / days;
}

/** Ecuador's holidays with a fixed date. */
const FIXED: Readonly<Record<string, string>> = {
  "01-01": "New Year",
  "05-01": "Labour Day",
  "05-24": "Battle of Pichincha",
  "08-10": "First Cry of Independence",
  "10-09": "Independence of Guayaquil",
  "11-02": "All Souls",
  "11-03": "Independence of Cuenca",
  "12-25": "Christmas",
};

/** Those that move with Easter, in days from it. */
const MOVABLE: Readonly<Record<number, string>> = {
  [-48]: "Carnival Monday",
  [-47]: "Carnival Tuesday",
  [-2]: "Good Friday",
};

export interface Holiday {
  readonly name: string;
  readonly locale: "national" | "local";
}

/** The holiday that a store's city has on a day; without a store only the nation's. */
export function holidayOn(day: number, store?: Store): Holiday | undefined {
  const date = dateOf(day);
  const monthDay = date.slice(5);
  const name = FIXED[monthDay] ?? MOVABLE[day - easterOf(Number(date.slice(0, 4)))];
  if (name !== undefined) return { name, locale: "national" };
  if (store?.holiday === monthDay) return { name: `Day of ${store.city}`, locale: "local" };
  return undefined;
}

const easters = new Map<number, number>();

/** Easter Sunday of a year, by the Gregorian computus in the form that Butcher published in 1876. */
function easterOf(year: number): number {
  const known = easters.get(year);
  if (known !== undefined) return known;
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const leap = 2 * (century % 4) + 2 * Math.floor(inCentury / 4);
  const sunday = (32 + leap - moon - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * sunday) / 451);
  const sum = moon + sunday - 7 * late + 114;
  const day = Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1) / MS_PER_DAY;
  easters.set(year, day);
  return day;
}

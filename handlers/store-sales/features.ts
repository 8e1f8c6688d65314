import { dateOf, holidayOn, knownDay, monthFraction, weekdayOf } from "./calendar.ts";
import type { Store } from "./stores.ts";

/** The trend counts days from here: 1 on the first day of 2017. */
const BEFORE_TREND = knownDay("2016-12-31");
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const FOURIER_ORDERS = [1, 2, 3, 4];

/**
 * What the regression takes, in its order: the original's 17 (constant, trend, days of the week but Sunday, waves of
 * the month, New Year), whether the store's city has a holiday, and ln(1 + items on promotion).
 */
export const FEATURES: readonly string[] = [
  "constant",
  "trend",
  ...WEEKDAYS,
  ...FOURIER_ORDERS.flatMap((order) => [`sin_${order}`, `cos_${order}`]),
  "new_year",
  "holiday",
  "promotion",
];

/** The features of one store on one day; `onpromotion` is how many of the family's items are. */
export function featuresOf({
  store,
  day,
  onpromotion,
}: {
  store: Store;
  day: number;
  onpromotion: number;
}): number[] {
  const angle = 2 * Math.PI * monthFraction(day);
  const weekday = weekdayOf(day);
  return [
    1,
    day - BEFORE_TREND,
    ...WEEKDAYS.map((_, index) => Number(weekday === index + 1)),
    ...FOURIER_ORDERS.flatMap((order) => [Math.sin(order * angle), Math.cos(order * angle)]),
    Number(dateOf(day).endsWith("-01-01")),
    Number(holidayOn(day, store) !== undefined),
    Math.log1p(onpromotion),
  ];
}

/** A row of text/csv for the model of one family. */
export function modelRow(store: Store, features: readonly number[]): string {
  return [store.store_nbr, ...features.map(short)].join(",");
}

/** The models take 32-bit floats: more digits would not arrive. */
function short(value: number): number {
  return Number(value.toPrecision(8));
}

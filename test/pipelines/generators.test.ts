import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shippedPipelines } from "../../emulator/pipelines/pipeline.ts";
import { generators } from "../../fixtures/generators.ts";
import * as power from "../../fixtures/power-usage/generate.ts";
import * as ride from "../../fixtures/ride-duration/generate.ts";
import * as sentiment from "../../fixtures/sentiment/generate.ts";
import * as sales from "../../fixtures/store-sales/generate.ts";
import * as wine from "../../fixtures/wine/generate.ts";
import { problemOf } from "../../handlers/power-usage/power-record.ts";
import { readBatch } from "../../handlers/ride-duration/ride.ts";
import { readPayload } from "../../handlers/sentiment/text.ts";
import { dayOf, weekdayOf } from "../../handlers/store-sales/calendar.ts";
import { readSalesEvent } from "../../handlers/store-sales/sales-event.ts";
import { readWine } from "../../handlers/wine/wine.ts";
import { kinesisRecord } from "../support/kinesis-record.ts";

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const aYearOf = { count: 24 * 364, everySeconds: 3_600, from: "2009-01-01T00:00:00" };

/** Whether so many of so many are as one in `oneIn` would have it, give or take four standard deviations. */
function expectRate(found: number, { of, oneIn }: { of: number; oneIn: number }): void {
  const wanted = of / oneIn;
  expect(Math.abs(found - wanted)).toBeLessThan(4 * Math.sqrt(wanted));
}

test("each pipeline has a stream of its own", () => {
  expect([...generators.keys()]).toEqual(shippedPipelines().map(({ name }) => name));
});

describe.each([...generators])("the stream of %s", (_, generate) => {
  test("is the same for a seed, another for another, and begins alike however long it is", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 60 }), (seed, count) => {
        const made = [...generate({ seed, count })];
        expect(made).toHaveLength(count);
        expect([...generate({ seed, count: count + 40 })].slice(0, count)).toEqual(made);
        const endless = generate({ seed });
        expect(made.map(() => endless.next().value)).toEqual(made);
        expect([...generate({ seed: seed + 1, count: 40 })]).not.toEqual([
          ...generate({ seed, count: 40 }),
        ]);
      }),
      { numRuns: 20 },
    );
  });
});

const readers: Record<string, (record: object) => unknown> = {
  "power-usage": (record) => {
    const problem = problemOf({ ...record });
    if (problem) throw new Error(problem);
  },
  "ride-duration": (record) => readBatch([kinesisRecord(1, record)]),
  sentiment: readPayload,
  "store-sales": (record) => readSalesEvent(Buffer.from(JSON.stringify(record))),
  wine: (record) => readWine((record as { body: string }).body),
};

test.each([...generators])(
  "every record of %s is one that its functions take",
  (name, generate) => {
    const read = readers[name];
    if (!read) throw new Error(`there is no reader of ${name}`);
    const records = [...generate({ seed: 11, count: 3_000 })];
    expect(() => records.map(read)).not.toThrow();
  },
);

describe("a household", () => {
  const kwOf = (isWanted: (time: Date) => boolean) =>
    mean(readings.filter(({ at }) => isWanted(at)).map(({ kw }) => kw));
  const readings = [...power.powerReadings(aYearOf)].map((reading) => ({
    at: new Date(`${reading.Date.split("/").reverse().join("-")}T${reading.Time}Z`),
    kw: reading.Global_active_power,
  }));

  test("draws less at night than in the evening, more at weekends, and more in winter", () => {
    const hour = (from: number, to: number) => (time: Date) =>
      time.getUTCHours() >= from && time.getUTCHours() < to;
    expect(kwOf(hour(2, 6))).toBeLessThan(0.5 * kwOf(hour(19, 22)));
    const isWeekend = (time: Date) => time.getUTCDay() % 6 === 0;
    expect(kwOf(isWeekend)).toBeGreaterThan(1.1 * kwOf((time) => !isWeekend(time)));
    const month = (wanted: number) => (time: Date) => time.getUTCMonth() === wanted;
    expect(kwOf(month(0))).toBeGreaterThan(1.3 * kwOf(month(6)));
  });

  test("draws several kW more at about the rate of anomalies", () => {
    // Between two and six in the morning nothing else draws as much.
    const night = readings.filter(({ at }) => at.getUTCHours() >= 2 && at.getUTCHours() < 6);
    const odd = night.filter(({ kw }) => kw > 2.5);
    expectRate(odd.length, { of: night.length, oneIn: power.ONE_ANOMALY_IN });
  });
});

describe("a city", () => {
  const rides = [...ride.rides({ seed: 4, count: 20_000 })].map(({ ride }) => ({
    ...ride,
    at: new Date(`${ride.lpep_pickup_datetime}Z`),
  }));

  test("rides by day more than by night, on weekdays more than at weekends, 2,468 times a day", () => {
    const within = (isWanted: (at: Date) => boolean) =>
      rides.filter(({ at }) => isWanted(at)).length;
    expect(within((at) => at.getUTCHours() < 6)).toBeLessThan(
      0.2 * within((at) => at.getUTCHours() >= 9 && at.getUTCHours() < 15),
    );
    const [first, last] = [rides[0]?.at.getTime() ?? 0, rides.at(-1)?.at.getTime() ?? 0];
    // Eight days from a Monday on: one of them is there twice.
    const perDay = (weekday: number, days: number) =>
      within((at) => at.getUTCDay() === weekday) / days;
    expect(perDay(6, 1)).toBeLessThan(0.8 * perDay(3, 1));
    expect(perDay(0, 1)).toBeLessThan(perDay(6, 1));
    expect((20_000 / (last - first)) * 86_400_000).toBeGreaterThan(2_200);
    expect((20_000 / (last - first)) * 86_400_000).toBeLessThan(2_800);
  });

  test("comes to any rate, in order of time", () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 1, max: 1e6, noNaN: true }), (seed, ridesPerDay) => {
        const times = [...ride.rides({ seed, count: 50, ridesPerDay })].map(
          ({ ride }) => ride.lpep_pickup_datetime,
        );
        expect(times).toEqual([...times].sort());
      }),
    );
  });

  test("is left at about the rate of anomalies, for ten miles and more", () => {
    const leaving = rides.filter(({ DOLocationID }) => DOLocationID === 265);
    expectRate(leaving.length, { of: rides.length, oneIn: ride.ONE_ANOMALY_IN });
    expect(Math.min(...leaving.map(({ trip_distance }) => trip_distance))).toBeGreaterThan(9.9);
  });
});

describe("a chain of stores", () => {
  const lines = [...sales.salesEvents({ seed: 5, count: 40_000, linesPerDay: 500 })];
  const usual = lines.filter(({ sales }) => sales > 0 && sales < 12);

  test("sells more at weekends, and goes on for as long as is asked", () => {
    const perDay = new Map<string, number>();
    for (const { date } of lines) perDay.set(date, (perDay.get(date) ?? 0) + 1);
    // The last day may not be whole.
    const days = [...perDay].slice(0, -1).map(([date, count]) => ({
      isWeekend: weekdayOf(dayOf(date) ?? 0) % 6 === 0,
      count,
    }));
    expect(days.length).toBeGreaterThan(60);
    const ofDays = (isWeekend: boolean) =>
      mean(days.filter((day) => day.isWeekend === isWeekend).map(({ count }) => count));
    expect(ofDays(true)).toBeGreaterThan(1.2 * ofDays(false));
  });

  test("promotes more on Wednesdays, and sells more of what is promoted", () => {
    const shareOn = (isWednesday: boolean) => {
      const those = lines.filter(({ date }) => (weekdayOf(dayOf(date) ?? 0) === 3) === isWednesday);
      return those.filter(({ onpromotion }) => onpromotion).length / those.length;
    };
    expect(shareOn(true)).toBeGreaterThan(1.5 * shareOn(false));
    const soldWhen = (isPromoted: boolean) =>
      mean(usual.filter(({ onpromotion }) => onpromotion === isPromoted).map(({ sales }) => sales));
    expect(soldWhen(true)).toBeGreaterThan(1.15 * soldWhen(false));
  });

  test("takes goods back and sells wholesale at about the rate of anomalies, and repeats no id", () => {
    expectRate(lines.length - usual.length, { of: lines.length, oneIn: sales.ONE_ANOMALY_IN });
    expect(lines.some(({ sales }) => sales < 0)).toBe(true);
    expect(new Set(lines.map(({ event_id }) => event_id)).size).toBe(lines.length);
  });
});

test("headlines have the shares of tones of their data, and one in a hundred is shouted", () => {
  const made = [...sentiment.headlines({ seed: 3, count: 20_000 })];
  const share = (wanted: string) => made.filter(({ tone }) => tone === wanted).length / made.length;
  expect(share("neutral")).toBeCloseTo(0.594, 1);
  expect(share("negative")).toBeCloseTo(0.125, 1);
  const shouted = made.filter(({ payload }) => payload === payload.toUpperCase());
  expectRate(shouted.length, { of: made.length, oneIn: sentiment.ONE_ANOMALY_IN });
});

test("wines have the shares of cultivars of their data, and one in a hundred is none of its kind", () => {
  const made = [...wine.wineSamples({ seed: 3, count: 20_000 })];
  for (const [cultivar, wanted] of [59, 71, 48].entries()) {
    const share = made.filter((sample) => sample.cultivar === cultivar).length / made.length;
    expect(share).toBeCloseTo(wanted / 178, 1);
  }
  // Spreads end at three deviations; of the odd measurement they begin at two.
  const odd = made.filter(({ body, cultivar }) =>
    body.split(",").some((cell, index) => {
      const [usual, deviation] = wine.FEATURES_BY_CULTIVAR[cultivar]?.[index] ?? [0, 0];
      return (Number(cell) - usual) / deviation > 3.1;
    }),
  );
  // All but the few whose own spread was near its lowest.
  expectRate(odd.length, { of: made.length, oneIn: wine.ONE_ANOMALY_IN });
});

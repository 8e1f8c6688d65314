import fc from "fast-check";
import { expect, test } from "vitest";
import { addValue, type Bucket } from "../../../../emulator/services/cloudwatch/model/bucket.ts";
import { Distribution } from "../../../../emulator/services/cloudwatch/model/distribution.ts";
import { Series } from "../../../../emulator/services/cloudwatch/model/series.ts";

const HOUR_MS = 3_600_000;
const samples = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: HOUR_MS - 1 }),
    value: fc.integer({ min: -1_000, max: 1_000 }),
    seconds: fc.constantFrom(1, 60),
  }),
  { minLength: 1, maxLength: 200 },
);

test("periods hold each sample once, whatever the order, resolution and period", () => {
  fc.assert(
    fc.property(samples, fc.constantFrom(60, 120, 300, 3_600), (given, seconds) => {
      const series = new Series();
      for (const { at, value, seconds: resolution } of given) {
        addValue(series.bucket(at, resolution), value, 1);
      }
      const periodMs = seconds * 1000;
      const periods = new Map<number, Bucket>();
      series.collect({ start: 0, end: HOUR_MS, periodMs }, periods);
      for (const [start, period] of periods) {
        const inside = given.filter(({ at }) => at >= start && at < start + periodMs);
        const values = inside.map(({ value }) => value);
        expect(period).toMatchObject({
          count: values.length,
          sum: values.reduce((sum, value) => sum + value, 0),
          min: Math.min(...values),
          max: Math.max(...values),
        });
      }
      const total = [...periods.values()].reduce((sum, { count }) => sum + count, 0);
      expect(total).toBe(given.length);
    }),
  );
});

test("growing old loses no sample until it is too old", () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: 0, max: 400 }), (given, days) => {
      const series = new Series();
      for (const { at, value, seconds } of given) addValue(series.bucket(at, seconds), value, 1);
      series.age(HOUR_MS + days * 24 * HOUR_MS);
      const periods = new Map<number, Bucket>();
      series.collect({ start: 0, end: HOUR_MS, periodMs: HOUR_MS }, periods);
      expect(periods.get(0)).toMatchObject({
        count: given.length,
        sum: given.reduce((sum, { value }) => sum + value, 0),
      });
    }),
  );
});

test("a percentile of many values is right to half a percent", () => {
  const values = fc.array(fc.double({ min: 0.001, max: 1e9, noNaN: true }), {
    minLength: 1,
    maxLength: 500,
  });
  fc.assert(
    fc.property(values, fc.constantFrom(1, 50, 90, 99, 100), (given, percent) => {
      const distribution = new Distribution();
      for (const value of given) distribution.add(value, 1);
      const sorted = [...given].sort((a, b) => a - b);
      const exact = sorted[Math.ceil((percent / 100) * given.length) - 1] as number;
      const found = distribution.percentile(percent) as number;
      expect(Math.abs(found - exact) / exact).toBeLessThan(0.005);
    }),
  );
});

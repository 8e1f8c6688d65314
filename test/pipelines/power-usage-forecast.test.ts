import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import {
  PowerForecaster,
  type PowerModel,
  restOfMonth,
} from "../../handlers/power-usage/power-forecast.ts";

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(packageRoot(), "fixtures/power-usage", name), "utf8"));
const model: PowerModel = fixture("prophet.json");

test("the stored parameters forecast what the fitted model did, in whichever order augurs keeps its features", () => {
  const { times, points } = fixture("prophet-reference.json");
  // An instance orders its seasonalities by chance.
  for (let instance = 0; instance < 12; instance += 1) {
    expect(new PowerForecaster(model).at(times)).toEqual(points);
  }
});

test("from 2 November at nine in the evening, 29 points are left of the month", () => {
  const times = restOfMonth("2010-11-02T21:00:00");
  const points = new PowerForecaster(model).at(times);
  expect(points).toHaveLength(29);
  expect(points[0]?.ds).toBe("2010-11-02T21:00:00");
  expect(points.at(-1)?.ds).toBe("2010-11-30T21:00:00");
  for (const { yhat, yhat_lower, yhat_upper, kwh } of points) {
    expect(yhat_lower).toBeLessThanOrEqual(yhat);
    expect(yhat_upper).toBeGreaterThan(yhat);
    expect(kwh).toBeGreaterThan(10);
    expect(kwh).toBeLessThan(60);
  }
  expect(restOfMonth("2012-02-29 00:00:00")).toHaveLength(1);
  expect(restOfMonth("2012-12-01 23:59:59")).toHaveLength(31);
});

test.each([
  "2010-11-31T00:00:00",
  "2010-13-01T00:00:00",
  "yesterday",
  "2010-11-02",
  "2010-11-02T24:00:00",
  "",
])("%j is refused as no time", (text) => {
  expect(() => restOfMonth(text)).toThrow("is no time: write it like 2010-11-02T21:00:00");
});

test("both models are nearer to what was held out than what was there before", () => {
  const { rmse_kw: lstm, prophet } = fixture("metrics.json");
  expect(lstm.held_out).toBeLessThan(lstm.same_as_the_last_hour);
  expect(prophet.rmse_kw.days_held_out).toBeLessThan(prophet.rmse_kw.same_day_last_week);
  expect(prophet.rmse_kw.hours_held_out).toBeLessThan(prophet.rmse_kw.same_hour_last_week);
});

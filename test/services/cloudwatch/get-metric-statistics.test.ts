import { expect, test } from "vitest";
import { Metrics } from "../../../emulator/services/cloudwatch/metrics.ts";
import { at, cloudWatchTank, MINUTE, T0 } from "./watching.ts";

test("a metric that nobody published has no datapoints, but its name", async () => {
  await using under = await cloudWatchTank();
  expect(await under.statistics()).toEqual({ Label: "Fares", Datapoints: [] });
});

test("periods begin at the start, rounded down to its minute", async () => {
  await using under = await cloudWatchTank();
  for (const minute of [1, 2, 3, 7]) {
    await under.put({ MetricName: "Fares", Value: minute, Timestamp: at(minute * MINUTE) });
  }
  const { Datapoints } = await under.statistics({ StartTime: at(2 * MINUTE + 500), Period: 300 });
  expect(Datapoints).toMatchObject([
    { Timestamp: at(2 * MINUTE), Sum: 5 },
    { Timestamp: at(7 * MINUTE), Sum: 7 },
  ]);
});

test("the end is exclusive", async () => {
  await using under = await cloudWatchTank();
  await under.put({ MetricName: "Fares", Value: 1, Timestamp: at(MINUTE) });
  expect((await under.statistics({ EndTime: at(MINUTE) })).Datapoints).toEqual([]);
});

test("dimensions name a metric, in any order, all of them", async () => {
  await using under = await cloudWatchTank();
  const city = { Name: "City", Value: "Paris" };
  const zone = { Name: "Zone", Value: "1" };
  await under.put({ MetricName: "Fares", Value: 3, Dimensions: [city, zone] });
  const sums = async (Dimensions: object[]) =>
    (await under.statistics({ Dimensions })).Datapoints.map(({ Sum }) => Sum);
  expect(await sums([zone, city])).toEqual([3]);
  expect(await sums([city])).toEqual([]);
  expect(await sums([])).toEqual([]);
});

test("units are kept apart, and told", async () => {
  await using under = await cloudWatchTank();
  await under.put(
    { MetricName: "Fares", Value: 1, Unit: "Bytes" },
    { MetricName: "Fares", Value: 2, Unit: "Count" },
  );
  const all = await under.statistics();
  expect(all.Datapoints.map(({ Sum, Unit }) => [Unit, Sum])).toEqual([
    ["Bytes", 1],
    ["Count", 2],
  ]);
  expect((await under.statistics({ Unit: "Count" })).Datapoints).toMatchObject([{ Sum: 2 }]);
  expect((await under.statistics({ Unit: "Percent" })).Datapoints).toEqual([]);
});

test("percentiles are read by name", async () => {
  await using under = await cloudWatchTank();
  await under.put({ MetricName: "Fares", Values: Array.from({ length: 100 }, (_, n) => n + 1) });
  const ExtendedStatistics = ["p0", "p50", "p99.9", "p100"];
  const { Datapoints } = await under.statistics({ Statistics: undefined, ExtendedStatistics });
  expect(Datapoints).toMatchObject([
    { ExtendedStatistics: { p0: 1, p50: 50, "p99.9": 100, p100: 100 } },
  ]);
});

test("minutes become fifths of an hour after 15 days, hours after 63, and go after 455", () => {
  const metrics = new Metrics();
  const scope = { accountId: "0", region: "us-east-1" };
  const meter = metrics.meter({ ...scope, namespace: "a", dimensions: {} });
  const measure = (at: number) => meter.record({ name: "m", value: 1, unit: "Count", at });
  for (let minute = 0; minute < 60; minute += 1) measure(T0 + minute * MINUTE);
  const starts = () => {
    const name = { namespace: "a", name: "m", dimensions: [] };
    const window = { start: T0, end: T0 + 60 * MINUTE, periodMs: MINUTE };
    return [...(metrics.find(scope, name)?.periods(window).keys() ?? [])].length;
  };
  expect(starts()).toBe(60);
  measure(T0 + 16 * 24 * 60 * MINUTE);
  expect(starts()).toBe(12);
  measure(T0 + 64 * 24 * 60 * MINUTE);
  expect(starts()).toBe(1);
  measure(T0 + 456 * 24 * 60 * MINUTE);
  expect(starts()).toBe(0);
});

const refused: Record<string, [input: object, name: string, message: string]> = {
  "more than 1,440 datapoints": [
    { Period: 60, EndTime: at(60 * MINUTE * 1440) },
    "InvalidParameterCombinationException",
    "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.",
  ],
  "an end that is no later than the start": [
    { EndTime: at(0) },
    "InvalidParameterValueException",
    "The parameter StartTime must be less than the parameter EndTime.",
  ],
  "a period of 45 seconds": [{ Period: 45 }, "InvalidParameterValueException", "Period"],
  "no statistic": [{ Statistics: undefined }, "MissingRequiredParameterException", "Statistics"],
  "a statistic that is not emulated": [
    { ExtendedStatistics: ["tm90"] },
    "InvalidParameterValueException",
    "tm90",
  ],
};
test.each(Object.entries(refused))("%s is refused", async (_what, [input, name, message]) => {
  await using under = await cloudWatchTank();
  await expect(under.statistics(input)).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
  });
});

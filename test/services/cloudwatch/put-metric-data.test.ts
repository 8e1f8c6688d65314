import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { describe, expect, test } from "vitest";
import { at, cloudWatchTank, MINUTE } from "./watching.ts";

const ALL = ["SampleCount", "Sum", "Average", "Minimum", "Maximum"];

test("values of a minute become its statistics", async () => {
  await using under = await cloudWatchTank();
  await under.put(1, 4);
  await under.put({ MetricName: "Fares", Values: [2, 3], Counts: [2, 1] });
  const { Datapoints } = await under.statistics({ Statistics: ALL });
  expect(Datapoints).toEqual([
    {
      Timestamp: at(0),
      SampleCount: 5,
      Sum: 12,
      Average: 2.4,
      Minimum: 1,
      Maximum: 4,
      Unit: "None",
    },
  ]);
});

test("a set of statistics is added to single values", async () => {
  await using under = await cloudWatchTank();
  const StatisticValues = { SampleCount: 3, Sum: 30, Minimum: 5, Maximum: 20 };
  await under.put(1, { MetricName: "Fares", StatisticValues });
  const { Datapoints } = await under.statistics({ Statistics: ALL });
  expect(Datapoints).toMatchObject([{ SampleCount: 4, Sum: 31, Minimum: 1, Maximum: 20 }]);
});

test("a set of statistics has no percentiles", async () => {
  await using under = await cloudWatchTank();
  const StatisticValues = { SampleCount: 3, Sum: 30, Minimum: 5, Maximum: 20 };
  await under.put({ MetricName: "Fares", StatisticValues });
  const { Datapoints } = await under.statistics({
    ExtendedStatistics: ["p50"],
    Statistics: undefined,
  });
  expect(Datapoints).toMatchObject([{ ExtendedStatistics: {} }]);
});

test("a timestamp puts a value into its own minute", async () => {
  await using under = await cloudWatchTank();
  await under.put({ MetricName: "Fares", Value: 7, Timestamp: at(5 * MINUTE + 30_500) }, 1);
  const { Datapoints } = await under.statistics();
  expect(Datapoints).toMatchObject([
    { Timestamp: at(0), Sum: 1 },
    { Timestamp: at(5 * MINUTE), Sum: 7 },
  ]);
});

test("high resolution keeps seconds apart", async () => {
  await using under = await cloudWatchTank();
  const one = (ms: number) => ({
    MetricName: "Fares",
    Value: 1,
    StorageResolution: 1,
    Timestamp: at(ms),
  });
  await under.put(one(0), one(999), one(1_000), one(12_000));
  const seconds = await under.statistics({ Period: 1, EndTime: at(MINUTE) });
  expect(seconds.Datapoints.map(({ Sum }) => Sum)).toEqual([2, 1, 1]);
  const tens = await under.statistics({ Period: 10, EndTime: at(MINUTE) });
  expect(tens.Datapoints.map(({ Sum }) => Sum)).toEqual([3, 1]);
});

describe("is refused:", () => {
  const refused: Record<string, [datum: object, name: string, message: string]> = {
    "a value and values": [
      { Value: 1, Values: [1] },
      "InvalidParameterCombinationException",
      "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.",
    ],
    "more counts than values": [
      { Values: [1], Counts: [1, 2] },
      "InvalidParameterValueException",
      "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.",
    ],
    "no value at all": [{}, "MissingRequiredParameterException", "Values or"],
    "a value beyond AWS's": [{ Value: 2 ** 361 }, "InvalidParameterValueException", "invalid"],
    "a time long past": [
      { Value: 1, Timestamp: at(-15 * 86_400_000) },
      "InvalidParameterValueException",
      "two weeks in the past",
    ],
    "a resolution between": [
      { Value: 1, StorageResolution: 30 },
      "InvalidParameterValueException",
      "StorageResolution",
    ],
    "a unit AWS has not": [{ Value: 1, Unit: "Furlongs" }, "ValidationException", "enum value set"],
  };
  test.each(Object.entries(refused))("%s", async (_what, [datum, name, message]) => {
    await using under = await cloudWatchTank();
    await expect(under.put({ MetricName: "Fares", ...datum })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  test("a namespace with a leading colon", async () => {
    await using under = await cloudWatchTank();
    const command = new PutMetricDataCommand({ Namespace: ":a", MetricData: [] });
    await expect(under.cloudwatch.send(command)).rejects.toMatchObject({
      name: "InvalidParameterValueException",
    });
  });
});

test("one bad datum keeps out all of its call", async () => {
  await using under = await cloudWatchTank();
  await under.put(1, { MetricName: "Fares" }).catch(() => {});
  expect((await under.statistics()).Datapoints).toEqual([]);
});

import { GetMetricDataCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { at, cloudWatchTank, MINUTE } from "./watching.ts";

const stat = (Id: string, MetricName: string, more: object = {}): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace: "Rides", MetricName }, Period: 60, Stat: "Sum" },
  ...more,
});

/** Hits in minutes 0, 1 and 2; misses in 0 and 2. */
async function counted() {
  const under = await cloudWatchTank();
  const put = (MetricName: string, Value: number, minute: number) =>
    under.put({ MetricName, Value, Timestamp: at(minute * MINUTE) });
  await put("Hits", 8, 0);
  await put("Hits", 6, 1);
  await put("Hits", 3, 2);
  await put("Misses", 2, 0);
  await put("Misses", 0, 2);
  const get = (MetricDataQueries: MetricDataQuery[], more: object = {}) =>
    under.cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries,
        StartTime: at(0),
        EndTime: at(3 * MINUTE),
        ScanBy: "TimestampAscending",
        ...more,
      }),
    );
  /** What an expression over m1 and m2 gives. */
  const math = async (Expression: string) => {
    const queries = [stat("m1", "Hits"), stat("m2", "Misses"), { Id: "e1", Expression }];
    const { MetricDataResults } = await get(queries);
    return MetricDataResults?.[2]?.Values;
  };
  return { get, math, [Symbol.asyncDispose]: () => under[Symbol.asyncDispose]() };
}

test("a metric's values come with the starts of their periods", async () => {
  await using under = await counted();
  const { MetricDataResults } = await under.get([stat("m2", "Misses")]);
  expect(MetricDataResults).toEqual([
    {
      Id: "m2",
      Label: "Misses",
      Timestamps: [at(0), at(2 * MINUTE)],
      Values: [2, 0],
      StatusCode: "Complete",
    },
  ]);
});

test("the newest comes first unless told otherwise", async () => {
  await using under = await counted();
  const { MetricDataResults } = await under.get([stat("m1", "Hits")], { ScanBy: undefined });
  expect(MetricDataResults?.[0]?.Values).toEqual([3, 6, 8]);
});

test("queries that return no data still feed expressions", async () => {
  await using under = await counted();
  const { MetricDataResults } = await under.get([
    stat("m1", "Hits", { ReturnData: false }),
    { Id: "e1", Expression: "m1 * 2", Label: "double" },
  ]);
  expect(MetricDataResults).toMatchObject([{ Id: "e1", Label: "double", Values: [16, 12, 6] }]);
});

const expressions: Record<string, number[]> = {
  "m1 + m2": [10, 3],
  "100 * m2 / (m1 + m2)": [20, 0],
  "m1 / m2": [4],
  "-m1 + 2 * 3 ^ 2": [10, 12, 15],
  "m1 - FILL(m2, 1)": [6, 5, 3],
  "FILL(m2, REPEAT)": [2, 2, 0],
  "m1 / PERIOD(m1)": [8 / 60, 6 / 60, 3 / 60],
  "m1 / SUM(m1)": [8 / 17, 6 / 17, 3 / 17],
  "SUM(METRICS())": [10, 6, 3],
  "MAX([m1, m2])": [8, 6, 3],
  "AVG([m1, m2])": [5, 6, 1.5],
  "ABS(m2 - m1)": [6, 3],
};
test.each(Object.entries(expressions))("%s is computed", async (expression, values) => {
  await using under = await counted();
  expect(await under.math(expression)).toEqual(values);
});

test.each(["m1 +", "(m1", "m9", "SEARCH('{Rides}', 'Sum', 60)", "ANOMALY_DETECTION_BAND(m1)", "1"])(
  "%s is refused with a reason",
  async (expression) => {
    await using under = await counted();
    await expect(under.math(expression)).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("Error in expression"),
    });
  },
);

test("pages go on where the last one ended", async () => {
  await using under = await counted();
  const queries = [stat("m1", "Hits"), stat("m2", "Misses")];
  const first = await under.get(queries, { MaxDatapoints: 4 });
  expect(first.MetricDataResults).toMatchObject([
    { Values: [8, 6, 3], StatusCode: "Complete" },
    { Values: [2], StatusCode: "PartialData" },
  ]);
  const { NextToken } = first;
  const rest = await under.get(queries, { MaxDatapoints: 4, NextToken });
  expect(rest.MetricDataResults?.map(({ Values }) => Values)).toEqual([[], [0]]);
  expect(rest.NextToken).toBeUndefined();
});

test("an id twice is refused", async () => {
  await using under = await counted();
  await expect(under.get([stat("m1", "Hits"), stat("m1", "Misses")])).rejects.toMatchObject({
    name: "ValidationException",
  });
});

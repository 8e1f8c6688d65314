import { ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { cloudWatchTank } from "./watching.ts";

async function published() {
  const under = await cloudWatchTank();
  const Dimensions = [{ Name: "City", Value: "Paris" }];
  await under.put(
    { MetricName: "Fares", Value: 1 },
    { MetricName: "Fares", Value: 1, Dimensions },
    { MetricName: "Rides", Value: 1 },
  );
  const list = async (input: object = {}) => {
    const { Metrics = [] } = await under.cloudwatch.send(new ListMetricsCommand(input));
    return Metrics.map(({ MetricName, Dimensions = [] }) =>
      [MetricName, ...Dimensions.map(({ Value }) => Value)].join(" "),
    );
  };
  return { ...under, list, [Symbol.asyncDispose]: () => under[Symbol.asyncDispose]() };
}

test("metrics are listed by namespace, name and dimension", async () => {
  await using under = await published();
  expect(await under.list({ Namespace: "Rides" })).toEqual(["Fares", "Fares Paris", "Rides"]);
  expect(await under.list({ MetricName: "Fares" })).toEqual(["Fares", "Fares Paris"]);
  expect(await under.list({ Dimensions: [{ Name: "City" }] })).toEqual(["Fares Paris"]);
  expect(await under.list({ Dimensions: [{ Name: "City", Value: "Rome" }] })).toEqual([]);
});

test("what was not heard of for three hours is not recently active", async () => {
  await using under = await published();
  await under.clock.advance(4 * 3_600_000);
  await under.put({ MetricName: "Rides", Value: 1 });
  const recent = await under.list({ Namespace: "Rides", RecentlyActive: "PT3H" });
  expect(recent).toEqual(["Rides"]);
});

test("pages hold 500 metrics", async () => {
  await using under = await cloudWatchTank();
  await under.put(...Array.from({ length: 501 }, (_, n) => ({ MetricName: `m${n}`, Value: 1 })));
  const first = await under.cloudwatch.send(new ListMetricsCommand({ Namespace: "Rides" }));
  expect(first.Metrics).toHaveLength(500);
  const { NextToken } = first;
  const rest = await under.cloudwatch.send(
    new ListMetricsCommand({ Namespace: "Rides", NextToken }),
  );
  expect(rest.Metrics).toHaveLength(1);
});

import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { startTank, until } from "../../support/tank.ts";

const CODE = `export const handler = async ({ fare }) => {
  console.log("fare", fare);
  if (fare < 0) throw new Error("negative");
  return fare;
};`;

/** A tank with a function that prints, and fails on negative fares. */
async function printing() {
  const tank = await startTank();
  const lambda = tank.client(LambdaClient);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "score",
      Role: "arn:aws:iam::000000000000:role/lambda-role",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { ZipFile: zipSync({ "index.mjs": strToU8(CODE) }) },
    }),
  );
  const invoke = (fare: number) => {
    const Payload = JSON.stringify({ fare });
    const command = new InvokeCommand({ FunctionName: "score", Payload });
    // Pending for a moment after it was created.
    return until(() => lambda.send(command).catch(() => undefined));
  };
  return { tank, invoke, [Symbol.asyncDispose]: () => tank.stop() };
}

test("a function's lines are found in its group, in a stream of its environment", async () => {
  await using under = await printing();
  await under.invoke(12);
  const logs = under.tank.client(CloudWatchLogsClient);
  const logGroupName = "/aws/lambda/score";
  const messages = await until(async () => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    return events.length >= 4 && events.map(({ message }) => message);
  });
  expect(messages.map((message) => message?.split(/\s/)[0])).toContain("REPORT");
  expect(messages.join("")).toContain("fare 12");
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
  expect(logStreams).toHaveLength(1);
  expect(logStreams?.[0]?.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
});

test("a function's invocations, errors and durations are measured", async () => {
  await using under = await printing();
  for (const fare of [1, 2, -3]) await under.invoke(fare);
  const cloudwatch = under.tank.client(CloudWatchClient);
  const read = async (MetricName: string) => {
    const { Datapoints = [] } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: "AWS/Lambda",
        MetricName,
        Dimensions: [{ Name: "FunctionName", Value: "score" }],
        StartTime: new Date(Date.now() - 600_000),
        EndTime: new Date(Date.now() + 600_000),
        Period: 3_600,
        Statistics: ["Sum", "SampleCount"],
      }),
    );
    const of = (name: "Sum" | "SampleCount") =>
      Datapoints.reduce((sum, datapoint) => sum + (datapoint[name] ?? 0), 0);
    return { sum: of("Sum"), count: of("SampleCount"), unit: Datapoints[0]?.Unit };
  };
  expect(await read("Invocations")).toEqual({ sum: 3, count: 3, unit: "Count" });
  expect(await read("Errors")).toEqual({ sum: 1, count: 3, unit: "Count" });
  expect(await read("ConcurrentExecutions")).toEqual({ sum: 3, count: 3, unit: "Count" });
  const duration = await read("Duration");
  expect(duration).toMatchObject({ count: 3, unit: "Milliseconds" });
  expect(duration.sum).toBeGreaterThan(0);
});

import { join } from "node:path";
import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { knownDay } from "../../handlers/store-sales/calendar.ts";
import { artifactOf, FAMILIES, type Family } from "../../handlers/store-sales/families.ts";
import { featuresOf, modelRow } from "../../handlers/store-sales/features.ts";
import { knownStore } from "../../handlers/store-sales/series-id.ts";
import { startTank } from "../support/tank.ts";

const ROOM = 8;

test("33 models are served with room for 8, and loads, hits and loaded models add up", async () => {
  await using tank = await startTank();
  await tank.deploy(join(packageRoot(), "handlers/store-sales/template.yaml"));
  const runtime = tank.client(SageMakerRuntimeClient);
  const store = knownStore("3");
  const row = modelRow(store, featuresOf({ store, day: knownDay("2017-08-16"), onpromotion: 1 }));
  const ask = async (family: Family) => {
    const { Body } = await runtime.send(
      new InvokeEndpointCommand({
        EndpointName: "store-sales",
        TargetModel: artifactOf(family),
        ContentType: "text/csv",
        Body: row,
      }),
    );
    return Number(Buffer.from(Body ?? []).toString());
  };
  const answers: number[] = [];
  for (const family of FAMILIES) answers.push(await ask(family), await ask(family));
  expect(answers.filter((sales) => !Number.isFinite(sales))).toEqual([]);

  const cloudWatch = tank.client(CloudWatchClient);
  const statistic = async (MetricName: string) => {
    const { Datapoints = [] } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: "AWS/SageMaker",
        MetricName,
        Dimensions: [
          { Name: "EndpointName", Value: "store-sales" },
          { Name: "VariantName", Value: "AllTraffic" },
        ],
        StartTime: new Date(tank.clock.now() - 600_000),
        EndTime: new Date(tank.clock.now() + 60_000),
        Period: 3600,
        Statistics: ["Sum", "SampleCount", "Maximum"],
      }),
    );
    return {
      sum: Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0),
      count: Datapoints.reduce((sum, { SampleCount = 0 }) => sum + SampleCount, 0),
      most: Math.max(0, ...Datapoints.map(({ Maximum = 0 }) => Maximum)),
    };
  };
  // Each family was loaded once, by the first of its two requests.
  expect(await statistic("ModelCacheHit")).toMatchObject({ sum: 33, count: 66 });
  expect((await statistic("ModelLoadingTime")).count).toBe(33);
  expect((await statistic("ModelUnloadingTime")).count).toBe(33 - ROOM);
});

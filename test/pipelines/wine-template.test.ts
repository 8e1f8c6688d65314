import { join } from "node:path";
import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from "@aws-sdk/client-application-auto-scaling";
import {
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  DescribeEndpointCommand,
  ListEndpointsCommand,
  ListModelsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { MovableClock } from "../../emulator/core/movable-clock.ts";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import event from "../../handlers/wine/event.json" with { type: "json" };
import { startTank, type TestTank, until } from "../support/tank.ts";

const TEMPLATE = join(packageRoot(), "handlers/wine/template.yaml");

async function deployed(parameters: Record<string, string> = {}) {
  const clock = new MovableClock();
  const tank = await startTank({ clock });
  return { clock, tank, stack: await tank.deploy(TEMPLATE, { parameters }) };
}

const askEndpoint = (tank: TestTank) =>
  tank.client(SageMakerRuntimeClient).send(
    new InvokeEndpointCommand({
      EndpointName: "wine",
      ContentType: "text/csv",
      Body: event.body,
    }),
  );

const described = (tank: TestTank) =>
  tank.client(SageMakerClient).send(new DescribeEndpointCommand({ EndpointName: "wine" }));

/** The lines that data capture has written, once there are any. */
function captured(tank: TestTank): Promise<string[]> {
  const s3 = tank.client(S3Client);
  const Bucket = "wine-capture-000000000000-us-east-1";
  return until(async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    const files = await Promise.all(
      Contents.map(async ({ Key }) => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        return (await Body?.transformToString()) ?? "";
      }),
    );
    return files.length > 0 && files.flatMap((file) => file.trim().split("\n"));
  });
}

test("the plain form is the original's: one variant, 1 to 3 instances at 100 a minute each", async () => {
  const { tank } = await deployed();
  await using _tank = tank;
  const scaling = tank.client(ApplicationAutoScalingClient);
  const of = { ServiceNamespace: "sagemaker" } as const;
  const { ScalableTargets } = await scaling.send(new DescribeScalableTargetsCommand(of));
  expect(ScalableTargets).toMatchObject([
    { ResourceId: "endpoint/wine/variant/AllTraffic", MinCapacity: 1, MaxCapacity: 3 },
  ]);
  const { ScalingPolicies } = await scaling.send(new DescribeScalingPoliciesCommand(of));
  expect(ScalingPolicies?.[0]?.TargetTrackingScalingPolicyConfiguration).toMatchObject({
    TargetValue: 100,
    ScaleInCooldown: 60,
    ScaleOutCooldown: 60,
  });
  const { ProductionVariants, ShadowProductionVariants, DataCaptureConfig } = await described(tank);
  expect(ProductionVariants?.map(({ VariantName }) => VariantName)).toEqual(["AllTraffic"]);
  expect(ShadowProductionVariants ?? []).toEqual([]);
  expect(DataCaptureConfig).toMatchObject({ EnableCapture: true, CurrentSamplingPercentage: 100 });
});

test("what the endpoint is asked and answers is captured", async () => {
  const { clock, tank } = await deployed();
  await using _tank = tank;
  await askEndpoint(tank);
  // Files are written once a minute.
  await clock.advance(60_000);
  const [line = ""] = await captured(tank);
  expect(JSON.parse(line).captureData).toMatchObject({
    endpointInput: { mode: "INPUT", encoding: "CSV", data: event.body },
    endpointOutput: { mode: "OUTPUT", encoding: "CSV", data: expect.stringMatching(/^0,0\.99/) },
  });
});

test("as A and B, each variant answers its share", async () => {
  const { tank } = await deployed({ Variants: "ab", ChallengerWeight: "9" });
  await using _tank = tank;
  const { ProductionVariants } = await described(tank);
  expect(ProductionVariants).toMatchObject([
    { VariantName: "AllTraffic", CurrentWeight: 9 },
    { VariantName: "Challenger", CurrentWeight: 9 },
  ]);
  const answers = await Promise.all(Array.from({ length: 40 }, () => askEndpoint(tank)));
  const names = new Set(answers.map(({ InvokedProductionVariant }) => InvokedProductionVariant));
  expect([...names].sort()).toEqual(["AllTraffic", "Challenger"]);
});

test("a shadow stands beside the one variant, and answers nobody", async () => {
  const { tank } = await deployed({ Variants: "shadow" });
  await using _tank = tank;
  const { ShadowProductionVariants } = await described(tank);
  expect(ShadowProductionVariants).toMatchObject([{ VariantName: "Challenger" }]);
  const { InvokedProductionVariant } = await askEndpoint(tank);
  expect(InvokedProductionVariant).toBe("AllTraffic");
});

test("deleting the stack leaves nothing, the captured and the page's files included", async () => {
  const { clock, tank, stack } = await deployed({ Variants: "ab" });
  await using _tank = tank;
  await askEndpoint(tank);
  await clock.advance(60_000);
  await captured(tank);
  // Not written yet when the endpoint goes.
  await askEndpoint(tank);
  await stack.delete();
  const sagemaker = tank.client(SageMakerClient);
  expect((await sagemaker.send(new ListEndpointsCommand({}))).Endpoints).toEqual([]);
  expect((await sagemaker.send(new ListModelsCommand({}))).Models).toEqual([]);
  expect((await tank.client(S3Client).send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  const of = { ServiceNamespace: "sagemaker" } as const;
  const scaling = tank.client(ApplicationAutoScalingClient);
  const { ScalableTargets } = await scaling.send(new DescribeScalableTargetsCommand(of));
  expect(ScalableTargets).toEqual([]);
});

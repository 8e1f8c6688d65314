import { DescribeStreamSummaryCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import type { AwsApi } from "../../emulator/template/api.ts";
import { deploy } from "../../emulator/template/deploy.ts";
import type { Wavetank } from "../../emulator/wavetank.ts";
import { startTank } from "../support/tank.ts";
import { templateOf } from "./reading.ts";

function apiOf(tank: Wavetank): AwsApi {
  return {
    call: (service, operation, input) => tank.call(service, operation, input),
    clock: tank.clock,
    scope: tank.scope,
  };
}

test("a deployed stream is there for the SDK, and gone once the stack is deleted", async () => {
  await using tank = await startTank();
  const kinesis = tank.client(KinesisClient);
  const template = templateOf(`
Resources:
  Rides:
    Type: AWS::Kinesis::Stream
    Properties: { ShardCount: 2, RetentionPeriodHours: 48, Tags: [{ Key: app, Value: ride }] }
Outputs: { Name: { Value: !Ref Rides } }`);
  const stack = await deploy(template, { stackName: "ride", api: apiOf(tank) });
  const describe = new DescribeStreamSummaryCommand({ StreamName: stack.outputs.Name });
  const { StreamDescriptionSummary: stream } = await kinesis.send(describe);
  expect(stream).toMatchObject({
    StreamStatus: "ACTIVE",
    OpenShardCount: 2,
    RetentionPeriodHours: 48,
    StreamARN: stack.resources[0]?.attributes.Arn,
  });
  await stack.delete();
  await expect(kinesis.send(describe)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

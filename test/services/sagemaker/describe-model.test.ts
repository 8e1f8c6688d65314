import { CreateModelCommand, DescribeModelCommand } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { faultOf, modelArchive, startHosting } from "./hosting-tank.ts";

test("a model is described as it was created, without its tags", async () => {
  await using tank = await startHosting({ clock: new ManualClock() });
  tank.artifacts.objects.set("s3://models/model.tar.gz", await modelArchive("linear"));
  const PrimaryContainer = {
    Image: "models/server:1",
    ModelDataUrl: "s3://models/model.tar.gz",
    Environment: { MODEL_SERVER_THREADS: "2" },
  };
  const ExecutionRoleArn = "arn:aws:iam::000000000000:role/models";
  const declared = { ModelName: "Ride-Duration", PrimaryContainer, ExecutionRoleArn };
  const Tags = [{ Key: "team", Value: "rides" }];
  await tank.client.send(new CreateModelCommand({ ...declared, Tags }));
  const { $metadata, ...described } = await tank.client.send(
    new DescribeModelCommand({ ModelName: "Ride-Duration" }),
  );
  expect(described).toEqual({
    ...declared,
    ModelArn: "arn:aws:sagemaker:us-east-1:000000000000:model/ride-duration",
    CreationTime: new Date("2026-01-01T00:00:00Z"),
    EnableNetworkIsolation: false,
  });
});

test("a model that does not exist is a ValidationException", async () => {
  await using tank = await startHosting();
  const call = tank.client.send(new DescribeModelCommand({ ModelName: "absent" }));
  expect(await faultOf(call)).toBe(
    'ValidationException: Could not find model "arn:aws:sagemaker:us-east-1:000000000000:model/absent".',
  );
});

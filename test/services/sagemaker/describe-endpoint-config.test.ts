import {
  CreateEndpointConfigCommand,
  DescribeEndpointConfigCommand,
} from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { faultOf, PLAIN_VARIANT, startHosting } from "./hosting-tank.ts";

test("a configuration is described as it was created, with the default weight", async () => {
  await using tank = await startHosting({ clock: new ManualClock() });
  await tank.addModel("model");
  const variant = { ...PLAIN_VARIANT, VolumeSizeInGB: 10, ModelDataDownloadTimeoutInSeconds: 600 };
  const declared = { EndpointConfigName: "config", KmsKeyId: "alias/models" };
  await tank.client.send(
    new CreateEndpointConfigCommand({
      ...declared,
      ProductionVariants: [variant],
      Tags: [{ Key: "team", Value: "rides" }],
    }),
  );
  const { $metadata, ...described } = await tank.client.send(
    new DescribeEndpointConfigCommand({ EndpointConfigName: "config" }),
  );
  expect(described).toEqual({
    ...declared,
    EndpointConfigArn: "arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/config",
    CreationTime: new Date("2026-01-01T00:00:00Z"),
    EnableNetworkIsolation: false,
    ProductionVariants: [{ ...variant, InitialVariantWeight: 1 }],
  });
});

test("a configuration that does not exist is a ValidationException", async () => {
  await using tank = await startHosting();
  const call = tank.client.send(
    new DescribeEndpointConfigCommand({ EndpointConfigName: "absent" }),
  );
  expect(await faultOf(call)).toBe(
    'ValidationException: Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/absent".',
  );
});

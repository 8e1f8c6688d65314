import { DescribeEndpointCommand } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { faultOf, startHosting } from "./hosting-tank.ts";

test("an endpoint in service shows its variants, their images and weights", async () => {
  await using tank = await startHosting({ clock: new ManualClock() });
  await tank.addModel("model");
  await tank.addConfig("config", { InitialInstanceCount: 2, InitialVariantWeight: 3 });
  await tank.addEndpoint("Rides", "config");
  const { $metadata, ...described } = await tank.client.send(
    new DescribeEndpointCommand({ EndpointName: "Rides" }),
  );
  const createdAt = new Date("2026-01-01T00:00:00Z");
  expect(described).toEqual({
    EndpointName: "Rides",
    EndpointArn: "arn:aws:sagemaker:us-east-1:000000000000:endpoint/rides",
    EndpointConfigName: "config",
    EndpointStatus: "InService",
    CreationTime: createdAt,
    LastModifiedTime: createdAt,
    ProductionVariants: [
      {
        VariantName: "AllTraffic",
        DeployedImages: [
          {
            SpecifiedImage: "models/server:1",
            ResolvedImage: "models/server:1",
            ResolutionTime: createdAt,
          },
        ],
        CurrentWeight: 3,
        DesiredWeight: 3,
        CurrentInstanceCount: 2,
        DesiredInstanceCount: 2,
      },
    ],
  });
});

test("an endpoint that does not exist is a ValidationException, which ends the SDK's waiters", async () => {
  await using tank = await startHosting();
  const call = tank.client.send(new DescribeEndpointCommand({ EndpointName: "Absent" }));
  expect(await faultOf(call)).toBe(
    'ValidationException: Could not find endpoint "arn:aws:sagemaker:us-east-1:000000000000:endpoint/absent".',
  );
});

import {
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  ListTagsForResourceCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { DeleteEndpointCommand, UpdateEndpointCommand } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { faultOf } from "../sagemaker/hosting-tank.ts";
import { ScaledEndpoint, TARGET } from "./scaled-endpoint.ts";

async function targets(tank: ScaledEndpoint, MaxResults?: number) {
  const command = { ServiceNamespace: TARGET.ServiceNamespace, MaxResults };
  return (await tank.scaling.send(new DescribeScalableTargetsCommand(command))).ScalableTargets;
}

test("registering again changes what is given and keeps the rest", async () => {
  await using tank = await ScaledEndpoint.open();
  const { ScalableTargetARN } = await tank.register(1, 3);
  await tank.scaling.send(new RegisterScalableTargetCommand({ ...TARGET, MaxCapacity: 5 }));
  expect(await targets(tank)).toMatchObject([
    { ...TARGET, MinCapacity: 1, MaxCapacity: 5, ScalableTargetARN },
  ]);
});

test("a count outside the bounds is moved inside at once, and the activity says why", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register(2, 3);
  await tank.settled("Wine");
  expect(tank.variant.instanceCount).toBe(2);
  expect(await tank.activities()).toMatchObject([
    { Cause: "minimum capacity was set to 2", StatusCode: "Successful" },
  ]);
});

test("bounds missing or crossed, unknown variants and other services are refused by name", async () => {
  await using tank = await ScaledEndpoint.open();
  const register = (input: object) =>
    faultOf(tank.scaling.send(new RegisterScalableTargetCommand({ ...TARGET, ...input })));
  const bounds = { MinCapacity: 1, MaxCapacity: 2 };
  expect(await register({ MinCapacity: 1 })).toMatch(/MinCapacity and MaxCapacity are required/);
  expect(await register({ MinCapacity: 3, MaxCapacity: 2 })).toMatch(/must not be less/);
  expect(await register({ ...bounds, ResourceId: "endpoint/Beer/variant/All" })).toMatch(
    /^ValidationException: SageMaker endpoint variant not found/,
  );
  expect(await register({ ...bounds, ResourceId: "Wine" })).toMatch(/not of the form endpoint/);
  expect(await register({ ...bounds, ServiceNamespace: "ecs" })).toMatch(
    /ServiceNamespace ecs is not emulated/,
  );
  const copies = "sagemaker:inference-component:DesiredCopyCount";
  expect(await register({ ...bounds, ScalableDimension: copies })).toMatch(
    /CopyCount is not emulated/,
  );
});

test("a target goes when it is deregistered, and with its endpoint", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  await tank.scaling.send(new DeregisterScalableTargetCommand(TARGET));
  expect(await targets(tank)).toEqual([]);
  expect(await faultOf(tank.scaling.send(new DeregisterScalableTargetCommand(TARGET)))).toBe(
    "ObjectNotFoundException: No scalable target registered for service namespace: sagemaker, resource ID: endpoint/Wine/variant/Alltraffic, scalable dimension: sagemaker:variant:DesiredInstanceCount",
  );
  await tank.register();
  await tank.client.send(new DeleteEndpointCommand({ EndpointName: "Wine" }));
  await tank.clock.advance(60_000);
  expect(await targets(tank)).toEqual([]);
});

test("an update that removes a registered variant, or changes its instances' type, is refused", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.addConfig("larger", { VariantName: "Alltraffic", InstanceType: "ml.m5.2xlarge" });
  await tank.addConfig("same", { VariantName: "Alltraffic", InstanceType: "ml.m5.xlarge" });
  await tank.register();
  const update = (EndpointConfigName: string) =>
    faultOf(
      tank.client.send(new UpdateEndpointCommand({ EndpointName: "Wine", EndpointConfigName })),
    );
  expect(await update("larger")).toMatch(/is registered with Application Auto Scaling/);
  expect(await update("same")).toBe("no error");
  await tank.settled("Wine");
});

test("ListTagsForResource shows the tags that a target was registered with", async () => {
  await using tank = await ScaledEndpoint.open();
  const input = { ...TARGET, MinCapacity: 1, MaxCapacity: 2, Tags: { team: "wine" } };
  const registered = await tank.scaling.send(new RegisterScalableTargetCommand(input));
  const list = (ResourceARN = "") =>
    tank.scaling.send(new ListTagsForResourceCommand({ ResourceARN }));
  expect((await list(registered.ScalableTargetARN)).Tags).toEqual({ team: "wine" });
  expect(await faultOf(list("arn:aws:none"))).toMatch(/^ResourceNotFoundException/);
});

import { DeleteModelCommand, DescribeModelCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { faultOf, startHosting } from "./hosting-tank.ts";

test("a deleted model is gone, and its name is free again", async () => {
  await using tank = await startHosting();
  await tank.addModel("model");
  await tank.client.send(new DeleteModelCommand({ ModelName: "model" }));
  const described = tank.client.send(new DescribeModelCommand({ ModelName: "model" }));
  expect(await faultOf(described)).toContain("Could not find model");
  await tank.addModel("model");
});

test("an endpoint keeps serving a model that is deleted", async () => {
  await using tank = await startHosting();
  await tank.addModel("model");
  await tank.addConfig("config", {});
  await tank.addEndpoint("endpoint", "config");
  await tank.client.send(new DeleteModelCommand({ ModelName: "model" }));
  const { Body } = await tank.runtime.send(
    new InvokeEndpointCommand({ EndpointName: "endpoint", ContentType: "text/csv", Body: "1,2,3" }),
  );
  expect(Body?.transformToString()).toBe("8.72\n");
});

test("deleting a model that does not exist is a ValidationException", async () => {
  await using tank = await startHosting();
  const call = tank.client.send(new DeleteModelCommand({ ModelName: "absent" }));
  expect(await faultOf(call)).toBe(
    'ValidationException: Could not find model "arn:aws:sagemaker:us-east-1:000000000000:model/absent".',
  );
});

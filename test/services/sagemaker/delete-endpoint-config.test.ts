import { DeleteEndpointConfigCommand, DescribeEndpointCommand } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { faultOf, startHosting } from "./hosting-tank.ts";

const gone =
  'ValidationException: Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/config".';

test("a configuration may be deleted while an endpoint uses it", async () => {
  await using tank = await startHosting();
  await tank.addModel("model");
  await tank.addConfig("config", {});
  await tank.addEndpoint("endpoint", "config");
  await tank.client.send(new DeleteEndpointConfigCommand({ EndpointConfigName: "config" }));
  const described = await tank.client.send(
    new DescribeEndpointCommand({ EndpointName: "endpoint" }),
  );
  expect(described).toMatchObject({ EndpointStatus: "InService", EndpointConfigName: "config" });
  expect(await faultOf(tank.addEndpoint("another", "config"))).toBe(gone);
});

test("deleting a configuration that does not exist is a ValidationException", async () => {
  await using tank = await startHosting();
  const call = tank.client.send(new DeleteEndpointConfigCommand({ EndpointConfigName: "config" }));
  expect(await faultOf(call)).toBe(gone);
});

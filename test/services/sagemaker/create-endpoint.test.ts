import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import {
  CreateEndpointCommand,
  DescribeEndpointCommand,
  waitUntilEndpointInService,
} from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { until } from "../../support/tank.ts";
import { answer, GatedHost } from "./gated-host.ts";
import { faultOf, type HostingTank, startHosting } from "./hosting-tank.ts";

async function startWithConfig(options: { host?: GatedHost; onnx?: string } = {}) {
  const tank = await startHosting(options);
  await tank.addModel("model", options.onnx);
  await tank.addConfig("config", {});
  return tank;
}

function create(tank: HostingTank, name = "endpoint", config = "config") {
  const input = { EndpointName: name, EndpointConfigName: config };
  return tank.client.send(new CreateEndpointCommand(input));
}

test("an endpoint is Creating until its models answer, then InService", async () => {
  const host = new GatedHost(() => answer(200, "ok"));
  await using tank = await startWithConfig({ host });
  const { EndpointArn } = await create(tank, "Rides");
  expect(EndpointArn).toBe("arn:aws:sagemaker:us-east-1:000000000000:endpoint/rides");
  const described = await tank.client.send(new DescribeEndpointCommand({ EndpointName: "Rides" }));
  expect(described.EndpointStatus).toBe("Creating");
  host.open();
  expect((await tank.settled("Rides")).EndpointStatus).toBe("InService");
});

test("the SDK's waiter sees an endpoint come into service", async () => {
  await using tank = await startWithConfig();
  await create(tank);
  await tank.settled("endpoint");
  const waiter = { client: tank.client, minDelay: 1, maxDelay: 1, maxWaitTime: 10 };
  const { state } = await waitUntilEndpointInService(waiter, { EndpointName: "endpoint" });
  expect(state).toBe("SUCCESS");
});

test("a container gets its model's folder and environment", async () => {
  const host = new GatedHost(() => answer(200, "ok")).open();
  await using tank = await startWithConfig({ host });
  await create(tank);
  await tank.settled("endpoint");
  const [started] = host.started;
  expect(started).toMatchObject({
    endpointName: "endpoint",
    variantName: "AllTraffic",
    image: "models/server:1",
    environment: {},
  });
  expect(await readdir(started?.modelFolder ?? "")).toEqual(["model.onnx"]);
});

test("an endpoint fails when its model's data has gone", async () => {
  await using tank = await startWithConfig();
  tank.artifacts.objects.clear();
  await create(tank);
  const { EndpointStatus, FailureReason } = await tank.settled("endpoint");
  expect(EndpointStatus).toBe("Failed");
  expect(FailureReason).toBe(
    'Failed to download model data for container "container_1" from URL: "s3://models/model/model.tar.gz". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the object. (The specified key does not exist.)',
  );
});

test("an endpoint fails when its archive cannot be unpacked", async () => {
  await using tank = await startWithConfig();
  tank.artifacts.objects.set("s3://models/model/model.tar.gz", Buffer.from("no archive"));
  await create(tank);
  const { EndpointStatus, FailureReason } = await tank.settled("endpoint");
  expect(EndpointStatus).toBe("Failed");
  expect(FailureReason).toMatch(
    /^Failed to extract model data archive for container "container_1" from URL "s3:\/\/models\/model\/model\.tar\.gz"\. .* \(The archive is not compressed with gzip\./,
  );
});

test("an endpoint fails when its model cannot be served, and leaves no folder behind", async () => {
  await using tank = await startWithConfig({ onnx: "split" });
  await create(tank);
  const { EndpointStatus, FailureReason } = await tank.settled("endpoint");
  expect(EndpointStatus).toBe("Failed");
  expect(FailureReason).toMatch(
    /^The primary container for production variant AllTraffic did not pass the ping health check\. Please check CloudWatch logs for this endpoint\. \(model\.onnx: the output parts is no tensor\./,
  );
});

test("one variant that fails takes the endpoint's other models down with it", async () => {
  const host = new GatedHost(() => answer(200, "ok")).open();
  await using tank = await startHosting({ host });
  await tank.addModel("good");
  await tank.addModel("bad");
  await tank.addConfig(
    "config",
    { VariantName: "a", ModelName: "good" },
    { VariantName: "b", ModelName: "bad" },
  );
  tank.artifacts.objects.delete("s3://models/bad/model.tar.gz");
  await create(tank);
  expect((await tank.settled("endpoint")).EndpointStatus).toBe("Failed");
  expect(host.stopped).toBe(1);
  expect(await readdir(tmpdir())).not.toContain(folderOf(host));
});

test("a tank that stops while an endpoint is Creating gives its model up", async () => {
  const host = new GatedHost(() => answer(200, "ok"));
  const tank = await startWithConfig({ host });
  await create(tank);
  await until(() => host.started.length > 0);
  await tank[Symbol.asyncDispose]();
  expect(await readdir(tmpdir())).not.toContain(folderOf(host));
});

test("a tank that stops frees the models in service", async () => {
  const host = new GatedHost(() => answer(200, "ok")).open();
  const tank = await startWithConfig({ host });
  await create(tank);
  await tank.settled("endpoint");
  await tank[Symbol.asyncDispose]();
  expect(host.stopped).toBe(1);
  expect(await readdir(tmpdir())).not.toContain(folderOf(host));
});

test("a name that is taken, and a configuration that does not exist, are refused", async () => {
  await using tank = await startWithConfig();
  await create(tank);
  expect(await faultOf(create(tank, "ENDPOINT"))).toBe(
    'ValidationException: Cannot create already existing endpoint "arn:aws:sagemaker:us-east-1:000000000000:endpoint/endpoint".',
  );
  expect(await faultOf(create(tank, "another", "absent"))).toBe(
    'ValidationException: Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:000000000000:endpoint-config/absent".',
  );
});

/** The name, in the system's temporary folder, of the first model's folder. */
function folderOf(host: GatedHost): string {
  return host.started[0]?.modelFolder.split(/[\\/]/).at(-1) ?? "no model was started";
}

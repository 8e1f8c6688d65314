import { DeleteEndpointCommand, DescribeEndpointCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { until } from "../../support/tank.ts";
import { answer, GatedHost } from "./gated-host.ts";
import { faultOf, type HostingTank, startHosting } from "./hosting-tank.ts";

const arn = "arn:aws:sagemaker:us-east-1:000000000000:endpoint/endpoint";
const EndpointName = "endpoint";

async function startWithEndpoint(host: GatedHost): Promise<HostingTank> {
  const tank = await startHosting({ host });
  await tank.addModel("model");
  await tank.addConfig("config", {});
  return tank;
}

function remove(tank: HostingTank) {
  return tank.client.send(new DeleteEndpointCommand({ EndpointName }));
}

function described(tank: HostingTank): Promise<string> {
  return faultOf(tank.client.send(new DescribeEndpointCommand({ EndpointName })));
}

test("a deleted endpoint is Deleting, then gone, and its models with it", async () => {
  const host = new GatedHost(() => answer(200, "ok")).open();
  await using tank = await startWithEndpoint(host);
  await tank.addEndpoint(EndpointName, "config");
  await remove(tank);
  await until(async () => (await described(tank)) !== "no error");
  expect(await described(tank)).toBe(`ValidationException: Could not find endpoint "${arn}".`);
  expect(host.stopped).toBe(1);
  const states = tank.events.flatMap((event) => (event.type === "resource" ? [event.state] : []));
  expect(states).toEqual(["Creating", "InService", "Deleting"]);
});

test("an endpoint that is still Creating is not deleted", async () => {
  const host = new GatedHost(() => answer(200, "ok"));
  await using tank = await startWithEndpoint(host);
  const adding = tank.addEndpoint(EndpointName, "config");
  await until(() => host.started.length > 0);
  expect(await faultOf(remove(tank))).toBe(
    `ValidationException: Cannot update in-progress endpoint "${arn}".`,
  );
  host.open();
  await adding;
  await remove(tank);
});

test("an endpoint that failed can be deleted, and its name taken again", async () => {
  const host = new GatedHost(() => answer(200, "ok")).open();
  await using tank = await startWithEndpoint(host);
  tank.artifacts.objects.clear();
  expect((await tank.addEndpoint(EndpointName, "config")).EndpointStatus).toBe("Failed");
  await remove(tank);
  await until(async () => (await described(tank)) !== "no error");
  await tank.addEndpoint(EndpointName, "config");
});

test("a Deleting endpoint answers what is under way and takes nothing new", async () => {
  let finish = () => {};
  const answering = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const host = new GatedHost(() => answering.then(() => answer(200, "done"))).open();
  await using tank = await startWithEndpoint(host);
  await tank.addEndpoint(EndpointName, "config");
  const invoke = () =>
    tank.runtime.send(new InvokeEndpointCommand({ EndpointName, Body: Buffer.from("x") }));
  const invoked = invoke();
  await until(() => host.requests.length === 1);
  await remove(tank);
  expect(await faultOf(invoke())).toBe(
    "ValidationError: Endpoint endpoint is not InService: its status is Deleting.",
  );
  expect(await faultOf(remove(tank))).toContain("Cannot update in-progress endpoint");
  finish();
  expect((await invoked).Body?.transformToString()).toBe("done");
  await until(async () => (await described(tank)) !== "no error");
});

test("deleting an endpoint that does not exist is a ValidationException", async () => {
  await using tank = await startHosting();
  expect(await faultOf(remove(tank))).toBe(
    `ValidationException: Could not find endpoint "${arn}".`,
  );
});

import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { Events } from "../../../emulator/core/events.ts";
import { ApiGatewayEngine } from "../../../emulator/services/api-gateway/engine.ts";
import { newIntegration } from "../../../emulator/services/api-gateway/new-integration.ts";
import { wireRequest } from "../../edge/in-process.ts";
import { uriOf } from "../../support/functions.ts";

const SCOPE = { accountId: "000000000000", region: "us-east-1" };

/** An API whose only function answers as the test says. */
function apiOf(invoke: () => Promise<{ payload: string; functionError?: string }>) {
  const clock = new ManualClock();
  const context = { clock, events: new Events(), enforceLimits: true };
  const engine = new ApiGatewayEngine(context, { functions: { invoke } });
  const api = engine.create(SCOPE, { name: "wine" });
  const uri = uriOf("arn:aws:lambda:us-east-1:000000000000:function:score");
  const integration = newIntegration({ type: "AWS_PROXY", uri, httpMethod: "POST" });
  api.setMethod(api.rootId, {
    httpMethod: "POST",
    authorizationType: "NONE",
    responses: {},
    integration,
  });
  const { id } = engine.deploy(api, undefined);
  engine.createStage(api, { name: "dev", deploymentId: id, variables: {}, description: undefined });
  return { clock, ask: () => engine.serve(api.id, wireRequest({ method: "POST" }), "/dev") };
}

test("a function slower than 29 seconds is 504", async () => {
  const { clock, ask } = apiOf(() => new Promise(() => undefined));
  const asked = ask();
  await clock.advance(28_999);
  expect(await Promise.race([asked, "waiting"])).toBe("waiting");
  await clock.advance(1);
  expect(await asked).toMatchObject({
    status: 504,
    body: '{"message":"Endpoint request timed out"}',
    headers: { "x-amzn-errortype": "InternalServerErrorException" },
  });
});

test("an error of the function is 502, and one that cannot run is 500", async () => {
  const failing = apiOf(async () => ({ payload: "{}", functionError: "Unhandled" }));
  expect(await failing.ask()).toMatchObject({ status: 502 });
  const missing = apiOf(() => Promise.reject(new Error("no such function")));
  expect(await missing.ask()).toMatchObject({ status: 500 });
});

import { expect, test } from "vitest";
import { ManualClock } from "../../emulator/core/clock.ts";
import { Events } from "../../emulator/core/events.ts";
import { ApiGatewayEngine } from "../../emulator/services/api-gateway/engine.ts";
import { newIntegration } from "../../emulator/services/api-gateway/new-integration.ts";
import { ApiGatewayV2Engine } from "../../emulator/services/api-gateway-v2/engine.ts";
import { wireRequest } from "../edge/in-process.ts";
import { uriOf } from "../support/functions.ts";
import { Measured } from "../support/measured.ts";

const SCOPE = { accountId: "000000000000", region: "us-east-1" };
const ARN = "arn:aws:lambda:us-east-1:000000000000:function:score";

/** A tank's context, whose function takes its time to answer, and what is measured in it. */
function measuring(answer: object, serviceMs = 40) {
  const clock = new ManualClock();
  const metrics = new Measured();
  const measured = metrics.all;
  const invoke = async () => {
    await clock.sleep(serviceMs);
    return { payload: JSON.stringify(answer) };
  };
  const told = () => metrics.told();
  const dimensions = () => [...new Set(measured.map(({ dimensions }) => dimensions))];
  const context = { clock, events: new Events(), enforceLimits: true, metrics };
  return { clock, context, needs: { functions: { invoke } }, measured, told, dimensions };
}

function restApi(answer: object, serviceMs?: number) {
  const under = measuring(answer, serviceMs);
  const engine = new ApiGatewayEngine(under.context, under.needs);
  const api = engine.create(SCOPE, { name: "wine" });
  const uri = uriOf(ARN);
  const integration = newIntegration({ type: "AWS_PROXY", uri, httpMethod: "POST" });
  const method = { httpMethod: "POST", authorizationType: "NONE", responses: {}, integration };
  api.setMethod(api.rootId, method);
  const { id } = engine.deploy(api, undefined);
  engine.createStage(api, { name: "dev", deploymentId: id, variables: {}, description: undefined });
  return { ...under, ask: (path: string) => engine.serve(api.id, wireRequest(), path) };
}

test("a REST API's requests are counted by name, and by name and stage", async () => {
  const { clock, ask, told, dimensions, measured } = restApi({ statusCode: 503, body: "busy" });
  const asked = ask("/dev");
  await clock.advance(40);
  await asked;
  expect(dimensions()).toEqual([{ ApiName: "wine" }, { ApiName: "wine", Stage: "dev" }]);
  expect(new Set(measured.map(({ namespace }) => namespace))).toEqual(new Set(["AWS/ApiGateway"]));
  expect(told()).toEqual({
    Count: [1, "Count"],
    "4XXError": [0, "Count"],
    "5XXError": [1, "Count"],
    Latency: [40, "Milliseconds"],
    IntegrationLatency: [40, "Milliseconds"],
  });
});

test("a request that no method takes has no integration's latency", async () => {
  const { ask, told } = restApi({ statusCode: 200 });
  await ask("/dev/nope");
  expect(told()).toMatchObject({ Count: [1, "Count"], "4XXError": [1, "Count"] });
  expect(told()).not.toHaveProperty("IntegrationLatency");
});

test("a stage that is not there counts for nothing", async () => {
  const { ask, measured } = restApi({ statusCode: 200 });
  await ask("/prod");
  expect(measured).toEqual([]);
});

test("a function that is too slow counts until the gateway gives up", async () => {
  const { clock, ask, told } = restApi({ statusCode: 200 }, 60_000);
  const asked = ask("/dev");
  await clock.advance(29_000);
  await asked;
  expect(told()).toMatchObject({
    "5XXError": [1, "Count"],
    IntegrationLatency: [29_000, "Milliseconds"],
  });
});

test("an HTTP API's requests are counted by id and stage, with their bytes", async () => {
  const { clock, context, needs, told, dimensions } = measuring({ statusCode: 404, body: "none" });
  const engine = new ApiGatewayV2Engine(context, needs);
  const api = engine.create(SCOPE, { name: "rides" });
  const { id } = engine.addIntegration(api, { uri: ARN, payloadFormatVersion: "2.0" });
  engine.addRoute(api, { key: "$default", target: `integrations/${id}` });
  engine.addStage(api, { name: "$default", variables: {} });
  const asked = engine.serve(api.id, wireRequest({ body: Buffer.from("12345") }), "/x");
  await clock.advance(40);
  await asked;
  expect(dimensions()).toEqual([{ ApiId: api.id }, { ApiId: api.id, Stage: "$default" }]);
  expect(told()).toEqual({
    Count: [1, "Count"],
    "4xx": [1, "Count"],
    "5xx": [0, "Count"],
    Latency: [40, "Milliseconds"],
    IntegrationLatency: [40, "Milliseconds"],
    DataProcessed: [9, "Bytes"],
  });
});

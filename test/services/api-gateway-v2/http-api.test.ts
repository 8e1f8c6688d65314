import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
  GetApiCommand,
  GetApisCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
} from "@aws-sdk/client-apigatewayv2";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { Events } from "../../../emulator/core/events.ts";
import { ApiGatewayV2Engine } from "../../../emulator/services/api-gateway-v2/engine.ts";
import { wireRequest } from "../../edge/in-process.ts";
import { functionOf } from "../../support/functions.ts";
import { startTank } from "../../support/tank.ts";

const SCOPE = { accountId: "000000000000", region: "us-east-1" };

test("a route's event is payload 2.0, member by member", async () => {
  await using tank = await startTank();
  using fn = await functionOf(tank, { body: "return event;" });
  const client = tank.client(ApiGatewayV2Client);
  const { ApiId } = await client.send(
    new CreateApiCommand({ Name: "rides", ProtocolType: "HTTP" }),
  );
  const { IntegrationId } = await client.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: "AWS_PROXY",
      IntegrationUri: fn.arn,
      PayloadFormatVersion: "2.0",
    }),
  );
  const Target = `integrations/${IntegrationId}`;
  const RouteKey = "POST /items/{id}";
  await client.send(new CreateRouteCommand({ ApiId, RouteKey, Target }));
  const StageVariables = { model: "2" };
  const stage = { ApiId, StageName: "dev", AutoDeploy: true, StageVariables };
  await client.send(new CreateStageCommand(stage));
  const response = await fetch(`${tank.url}/_api/${ApiId}/dev/items/a%20b?x=1&x=2&y=a+b`, {
    method: "POST",
    headers: { Cookie: "a=1; b=2", "Content-Type": "application/json", "X-Trace": "one" },
    body: "{}",
  });
  // biome-ignore lint/suspicious/noExplicitAny: the event as it came
  const event = (await response.json()) as any;
  expect(event).toMatchObject({
    version: "2.0",
    routeKey: RouteKey,
    rawPath: "/dev/items/a%20b",
    rawQueryString: "x=1&x=2&y=a+b",
    cookies: ["a=1", "b=2"],
    queryStringParameters: { x: "1,2", y: "a b" },
    pathParameters: { id: "a b" },
    stageVariables: { model: "2" },
    body: "{}",
    isBase64Encoded: false,
    requestContext: {
      accountId: "000000000000",
      apiId: ApiId,
      domainPrefix: ApiId,
      http: { method: "POST", path: "/dev/items/a%20b", protocol: "HTTP/1.1" },
      routeKey: RouteKey,
      stage: "dev",
    },
  });
  expect(event.headers["x-trace"]).toBe("one");
  expect(event.headers).not.toHaveProperty("cookie");
  expect(response.headers.get("apigw-requestid")).toBeTruthy();
  const lost = await fetch(`${tank.url}/_api/${ApiId}/dev/nope`);
  expect([lost.status, await lost.json()]).toEqual([404, { message: "Not Found" }]);

  expect((await client.send(new GetRoutesCommand({ ApiId }))).Items).toMatchObject([{ RouteKey }]);
  expect((await client.send(new GetIntegrationsCommand({ ApiId }))).Items).toHaveLength(1);
  expect((await client.send(new GetStagesCommand({ ApiId }))).Items).toHaveLength(1);
  expect((await client.send(new GetApisCommand({}))).Items).toHaveLength(1);
  expect(await client.send(new GetApiCommand({ ApiId }))).toMatchObject({ Name: "rides" });
  await client.send(new DeleteApiCommand({ ApiId }));
  await expect(client.send(new GetApiCommand({ ApiId }))).rejects.toMatchObject({
    name: "NotFoundException",
  });
});

/** An engine whose only function answers as the test says. */
function engineOf(answer: () => Promise<{ payload: string; functionError?: string }>) {
  const clock = new ManualClock();
  const context = { clock, events: new Events(), enforceLimits: true };
  const engine = new ApiGatewayV2Engine(context, { functions: { invoke: answer } });
  const api = engine.create(SCOPE, {
    name: "rides",
    cors: { AllowOrigins: ["http://page.localhost"], AllowMethods: ["POST"], MaxAge: 60 },
  });
  const uri = "arn:aws:lambda:us-east-1:000000000000:function:score";
  const { id } = engine.addIntegration(api, { uri, payloadFormatVersion: "2.0" });
  engine.addRoute(api, { key: "$default", target: `integrations/${id}` });
  engine.addStage(api, { name: "$default", variables: {} });
  const ask = (parts: Parameters<typeof wireRequest>[0] = {}) =>
    engine.serve(api.id, wireRequest(parts), "/x");
  return { clock, ask };
}

test("a function slower than 30 seconds is 503", async () => {
  const { clock, ask } = engineOf(() => new Promise(() => undefined));
  const asked = ask();
  await clock.advance(30_000);
  expect(await asked).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
});

test("a preflight is answered by the API, and a function's own CORS headers give way", async () => {
  const own = { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } };
  const { ask } = engineOf(async () => ({ payload: JSON.stringify(own) }));
  const origin = "http://page.localhost";
  const preflight = { origin, "access-control-request-method": "POST" };
  expect(await ask({ method: "OPTIONS", headers: preflight })).toMatchObject({
    status: 204,
    headers: {
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "POST",
      "access-control-max-age": "60",
    },
  });
  const answered = await ask({ headers: { origin } });
  expect(answered?.headers["access-control-allow-origin"]).toBe(origin);
});

test("an error of the function is 500", async () => {
  const { ask } = engineOf(async () => ({ payload: "{}", functionError: "Unhandled" }));
  expect(await ask()).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
});

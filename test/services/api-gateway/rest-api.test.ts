import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  GetIntegrationCommand,
  GetMethodCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  ImportRestApiCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  PutRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { functionOf, uriOf } from "../../support/functions.ts";
import { startTank, type TestTank } from "../../support/tank.ts";

/** A REST API with one resource and an integration of the function, in the stage `dev`. */
async function proxyApi(
  tank: TestTank,
  {
    arn,
    pathPart = "{proxy+}",
    httpMethod = "ANY",
  }: { arn: string; pathPart?: string; httpMethod?: string },
) {
  const client = tank.client(APIGatewayClient);
  const { id: restApiId, rootResourceId: parentId } = await client.send(
    new CreateRestApiCommand({ name: "wine" }),
  );
  const resource = await client.send(new CreateResourceCommand({ restApiId, parentId, pathPart }));
  const at = { restApiId, resourceId: resource.id, httpMethod };
  await client.send(new PutMethodCommand({ ...at, authorizationType: "NONE" }));
  await client.send(
    new PutIntegrationCommand({
      ...at,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: uriOf(arn),
    }),
  );
  const { id: deploymentId } = await client.send(new CreateDeploymentCommand({ restApiId }));
  const variables = { model: "wine-1" };
  const stage = { restApiId, stageName: "dev", deploymentId, variables };
  await client.send(new CreateStageCommand(stage));
  return { client, restApiId: restApiId ?? "", at, url: `${tank.url}/_api/${restApiId}/dev` };
}

test("a proxy integration's event is payload 1.0, member by member", async () => {
  await using tank = await startTank();
  using fn = await functionOf(tank, {
    body: "return { statusCode: 200, body: JSON.stringify(event) };",
  });
  const { url, restApiId } = await proxyApi(tank, fn);
  const response = await fetch(`${url}/a/b%2Bc?x=1&x=2&y=a+b`, {
    method: "POST",
    headers: { "Content-Type": "text/csv", "X-Trace": "one" },
    body: "1,2",
  });
  // biome-ignore lint/suspicious/noExplicitAny: the event as it came
  const event = (await response.json()) as any;
  expect(Object.keys(event)).toEqual([
    "resource",
    "path",
    "httpMethod",
    "headers",
    "multiValueHeaders",
    "queryStringParameters",
    "multiValueQueryStringParameters",
    "pathParameters",
    "stageVariables",
    "requestContext",
    "body",
    "isBase64Encoded",
  ]);
  expect(event).toMatchObject({
    resource: "/{proxy+}",
    path: "/a/b%2Bc",
    httpMethod: "POST",
    queryStringParameters: { x: "2", y: "a b" },
    multiValueQueryStringParameters: { x: ["1", "2"], y: ["a b"] },
    pathParameters: { proxy: "a/b%2Bc" },
    stageVariables: { model: "wine-1" },
    body: "1,2",
    isBase64Encoded: false,
    requestContext: {
      accountId: "000000000000",
      apiId: restApiId,
      domainPrefix: restApiId,
      httpMethod: "POST",
      path: "/dev/a/b%2Bc",
      protocol: "HTTP/1.1",
      resourcePath: "/{proxy+}",
      stage: "dev",
      identity: { sourceIp: "127.0.0.1", user: null, accessKey: null },
    },
  });
  expect(event.requestContext.requestTime).toMatch(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  expect(event.multiValueHeaders["X-Amzn-Trace-Id"][0]).toMatch(
    /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/,
  );
  expect(event.headers).not.toHaveProperty("connection");
  expect(response.headers.get("x-amzn-requestid")).toBe(event.requestContext.requestId);
  expect(response.headers.get("x-amz-apigw-id")).toBe(event.requestContext.extendedRequestId);
  expect(response.headers.get("content-type")).toBe("application/json");
});

test("what has no route is 403, what has no stage too, and a malformed answer is 502", async () => {
  await using tank = await startTank();
  using fn = await functionOf(tank, { body: "return { statusCode: 200, extra: 1 };" });
  const { url } = await proxyApi(tank, { ...fn, pathPart: "DT", httpMethod: "POST" });
  const missing = await fetch(`${url}/DT`);
  expect(missing.status).toBe(403);
  expect(missing.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
  expect(await missing.json()).toEqual({ message: "Missing Authentication Token" });
  expect((await fetch(url.replace("/dev", "/prod"))).status).toBe(403);
  const malformed = await fetch(`${url}/DT`, { method: "POST" });
  expect(malformed.status).toBe(502);
  expect(await malformed.text()).toBe('{"message": "Internal server error"}');
});

test("an API answers under its own host, and a body over 10 MB is 413", async () => {
  await using tank = await startTank();
  using fn = await functionOf(tank, {
    body: "return { statusCode: 201, headers: { Server: 'x' }, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] } };",
  });
  const { restApiId } = await proxyApi(tank, fn);
  const request = (body: Buffer) =>
    tank.edge.handle({
      method: "POST",
      path: "/dev/x",
      query: new URLSearchParams(),
      headers: { host: `${restApiId}.execute-api.us-east-1.localhost:4566` },
      body,
      signal: () => new AbortController().signal,
    });
  const answered = await request(Buffer.from("x"));
  expect(answered).toMatchObject({ status: 201, cookies: ["a=1", "b=2"] });
  expect(answered.headers["x-amzn-remapped-server"]).toBe("x");
  expect(await request(Buffer.alloc(10 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
});

const CUSTOM = (arn: string) => ({
  openapi: "3.0.1",
  info: { title: "wine" },
  paths: {
    "/DT": {
      post: {
        "x-amazon-apigateway-integration": {
          type: "aws",
          httpMethod: "POST",
          uri: uriOf(arn),
          requestTemplates: { "application/json": "$input.json('$')" },
          responses: { default: { statusCode: "200" } },
        },
      },
    },
  },
});

test("without the proxy the request's JSON is the event, and the whole result comes back", async () => {
  await using tank = await startTank();
  using fn = await functionOf(tank, {
    body: "return { statusCode: 418, headers: {}, body: 'got ' + event.body };",
  });
  const client = tank.client(APIGatewayClient);
  const body = Buffer.from(JSON.stringify(CUSTOM(fn.arn)));
  const { id: restApiId } = await client.send(new ImportRestApiCommand({ body }));
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: "DummyStage" }));
  for (const type of ["application/json", "text/csv"]) {
    const response = await fetch(`${tank.url}/_api/${restApiId}/DummyStage/DT`, {
      method: "POST",
      headers: { "content-type": type },
      body: '{"body":"14.23,1.71"}',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ statusCode: 418, headers: {}, body: "got 14.23,1.71" });
  }
});

test("a mapping template beyond the subset is refused by name and place", async () => {
  await using tank = await startTank();
  const client = tank.client(APIGatewayClient);
  const document = CUSTOM("arn:aws:lambda:us-east-1:000000000000:function:score");
  const integration = document.paths["/DT"].post["x-amazon-apigateway-integration"];
  integration.requestTemplates["application/json"] = "{\n  #set($x = 1) }";
  const { id: restApiId } = await client.send(new CreateRestApiCommand({ name: "wine" }));
  const body = Buffer.from(JSON.stringify(document));
  await expect(client.send(new PutRestApiCommand({ restApiId, body }))).rejects.toMatchObject({
    name: "BadRequestException",
    message: "The mapping template's #set at line 2, column 3 is not emulated by Wavetank.",
  });
});

test("a mock answers by its response's headers, and a stage serves what was deployed", async () => {
  await using tank = await startTank();
  const client = tank.client(APIGatewayClient);
  const { id: restApiId, rootResourceId: resourceId } = await client.send(
    new CreateRestApiCommand({ name: "mock" }),
  );
  const at = { restApiId, resourceId, httpMethod: "OPTIONS" };
  await client.send(new PutMethodCommand({ ...at, authorizationType: "NONE" }));
  const header = "method.response.header.Access-Control-Allow-Origin";
  await client.send(
    new PutMethodResponseCommand({
      ...at,
      statusCode: "200",
      responseParameters: { [header]: true },
    }),
  );
  const requestTemplates = { "application/json": '{"statusCode": 200}' };
  await client.send(new PutIntegrationCommand({ ...at, type: "MOCK", requestTemplates }));
  await client.send(
    new PutIntegrationResponseCommand({
      ...at,
      statusCode: "200",
      responseParameters: { [header]: "'*'" },
    }),
  );
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: "dev" }));
  const response = await fetch(`${tank.url}/_api/${restApiId}/dev`, { method: "OPTIONS" });
  expect(response.status).toBe(200);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");

  const integrationResponses = {
    "200": { statusCode: "200", responseParameters: { [header]: "'*'" } },
  };
  const integration = { type: "MOCK", requestTemplates, integrationResponses };
  expect(await client.send(new GetIntegrationCommand(at))).toMatchObject(integration);
  expect(await client.send(new GetMethodCommand(at))).toMatchObject({
    httpMethod: "OPTIONS",
    methodResponses: { "200": { statusCode: "200", responseParameters: { [header]: true } } },
    methodIntegration: integration,
  });
  await expect(
    client.send(new GetMethodCommand({ ...at, httpMethod: "GET" })),
  ).rejects.toMatchObject({ name: "NotFoundException" });

  expect(await client.send(new GetStageCommand({ restApiId, stageName: "dev" }))).toMatchObject({
    stageName: "dev",
  });
  expect((await client.send(new GetStagesCommand({ restApiId }))).item).toHaveLength(1);
  const { items } = await client.send(new GetResourcesCommand({ restApiId }));
  expect(items).toMatchObject([{ path: "/", resourceMethods: { OPTIONS: {} } }]);
  expect((await client.send(new GetRestApisCommand({}))).items).toMatchObject([{ id: restApiId }]);
  expect(await client.send(new GetRestApiCommand({ restApiId }))).toMatchObject({ name: "mock" });
  await client.send(new DeleteStageCommand({ restApiId, stageName: "dev" }));
  const gone = await fetch(`${tank.url}/_api/${restApiId}/dev`, { method: "OPTIONS" });
  expect(gone.status).toBe(403);
  await client.send(new DeleteRestApiCommand({ restApiId }));
  await expect(client.send(new GetRestApiCommand({ restApiId }))).rejects.toMatchObject({
    name: "NotFoundException",
    $metadata: { httpStatusCode: 404 },
  });
});

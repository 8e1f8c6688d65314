import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  ImportRestApiCommand,
  PutMethodCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand as CreateHttpAuthorizerCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { expect, test } from "vitest";
import { startTank } from "../../support/tank.ts";

// What decides who may call, and how often, is named where it is asked for, not ignored.

const refusal = (what: string) => ({
  name: "BadRequestException",
  message: expect.stringContaining(`${what} is not emulated`),
});
const absent = (operation: string) => ({
  message: expect.stringContaining(`${operation} is not emulated`),
  $metadata: expect.objectContaining({ httpStatusCode: 501 }),
});

test("keys, plans, authorizers and throttles of a REST API are refused by name", async () => {
  await using tank = await startTank();
  const client = tank.client(APIGatewayClient);
  const { id: restApiId, rootResourceId: resourceId } = await client.send(
    new CreateRestApiCommand({ name: "wine" }),
  );
  const method = { restApiId, resourceId, httpMethod: "GET" };
  const put = (input: object) =>
    client.send(new PutMethodCommand({ ...method, authorizationType: "NONE", ...input }));
  await expect(put({ apiKeyRequired: true })).rejects.toMatchObject(refusal("apiKeyRequired"));
  const type = "COGNITO_USER_POOLS";
  await expect(put({ authorizationType: type })).rejects.toMatchObject(
    refusal(`authorizationType ${type}`),
  );
  await expect(client.send(new CreateApiKeyCommand({}))).rejects.toMatchObject(
    absent("CreateApiKey"),
  );
  const throttle = { rateLimit: 1, burstLimit: 1 };
  await expect(
    client.send(new CreateUsagePlanCommand({ name: "few", throttle })),
  ).rejects.toMatchObject(absent("CreateUsagePlan"));
  await expect(
    client.send(new CreateAuthorizerCommand({ restApiId, name: "who", type: "TOKEN" })),
  ).rejects.toMatchObject(absent("CreateAuthorizer"));
  const path = "/*/*/throttling/rateLimit";
  const patchOperations = [{ op: "replace", path, value: "1" } as const];
  await expect(
    client.send(new UpdateStageCommand({ restApiId, stageName: "dev", patchOperations })),
  ).rejects.toMatchObject(absent("UpdateStage"));
});

const MOCK = { type: "mock" };
const REFUSED: readonly [what: string, where: string, value: unknown][] = [
  ["security in an OpenAPI document", "method", [{ api_key: [] }]],
  ["x-amazon-apigateway-auth in an OpenAPI document", "method", { type: "AWS_IAM" }],
  ["x-amazon-apigateway-request-validator in an OpenAPI document", "method", "all"],
  ["x-amazon-apigateway-request-validator in an OpenAPI document", "document", "all"],
  ["x-amazon-apigateway-policy in an OpenAPI document", "document", { Statement: [{}] }],
  ["contentHandling", "integration", "CONVERT_TO_BINARY"],
  ["requestParameters", "integration", { "integration.request.header.a": "'b'" }],
];

test.each(REFUSED)("%s is refused on a %s", async (what, where, value) => {
  await using tank = await startTank();
  const name = what.replace(" in an OpenAPI document", "");
  const given = (place: string) => (place === where ? { [name]: value } : {});
  const document = {
    openapi: "3.0.1",
    ...given("document"),
    paths: {
      "/one": {
        get: {
          ...given("method"),
          "x-amazon-apigateway-integration": { ...MOCK, ...given("integration") },
        },
      },
    },
  };
  const importing = (body: object) =>
    tank
      .client(APIGatewayClient)
      .send(new ImportRestApiCommand({ body: Buffer.from(JSON.stringify(body)) }));
  await expect(importing(document)).rejects.toMatchObject(refusal(what));
  const open = JSON.stringify(document).replace(JSON.stringify(value), "[]");
  await expect(importing(JSON.parse(open) as object)).resolves.toHaveProperty("id");
});

test("authorizers and throttles of an HTTP API are refused by name", async () => {
  await using tank = await startTank();
  const client = tank.client(ApiGatewayV2Client);
  const { ApiId } = await client.send(new CreateApiCommand({ Name: "wine", ProtocolType: "HTTP" }));
  const RouteKey = "GET /one";
  const route = { ApiId, RouteKey, AuthorizationType: "JWT" } as const;
  await expect(client.send(new CreateRouteCommand(route))).rejects.toMatchObject(
    refusal("AuthorizationType JWT"),
  );
  const throttled = { ThrottlingRateLimit: 1 };
  const stage = { ApiId, StageName: "dev", AutoDeploy: true };
  for (const limits of [
    { DefaultRouteSettings: throttled },
    { RouteSettings: { [RouteKey]: throttled } },
  ]) {
    const [what = ""] = Object.keys(limits);
    await expect(
      client.send(new CreateStageCommand({ ...stage, ...limits })),
    ).rejects.toMatchObject(refusal(what));
  }
  const authorizer = { ApiId, Name: "who", AuthorizerType: "JWT" as const, IdentitySource: [] };
  await expect(client.send(new CreateHttpAuthorizerCommand(authorizer))).rejects.toMatchObject(
    absent("CreateAuthorizer"),
  );
});

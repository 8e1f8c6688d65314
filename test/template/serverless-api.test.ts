import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { localUrls } from "../../emulator/gateway/address.ts";
import { startTank } from "../support/tank.ts";
import { complaint, planOf } from "./reading.ts";

const folder = mkdtempSync(join(tmpdir(), "wavetank-api-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ECHO = `Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      MemorySize: 512
      InlineCode: |
        exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });`;

function written(name: string, text: string): string {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, `Transform: AWS::Serverless-2016-10-31\n${text}`);
  return file;
}

test("events without an API make SAM's two, and the outputs' addresses answer here", async () => {
  await using tank = await startTank();
  const stack = await tank.deploy(
    written(
      "implicit",
      `Globals: { Api: { Cors: "'*'" } }
Resources:
  Echo:
    ${ECHO}
      FunctionUrlConfig: { AuthType: NONE, Cors: { AllowOrigins: ["*"] } }
      Events:
        Any: { Type: Api, Properties: { Path: "/{proxy+}", Method: ANY } }
        Root: { Type: Api, Properties: { Path: /, Method: get } }
        Items: { Type: HttpApi, Properties: { Path: "/items/{id}", Method: POST } }
        Rest: { Type: HttpApi }
Outputs:
  Rest: { Value: !Sub "https://\${ServerlessRestApi}.execute-api.\${AWS::Region}.amazonaws.com/Prod/a" }
  Http: { Value: !Sub "https://\${ServerlessHttpApi}.execute-api.\${AWS::Region}.amazonaws.com/items/7" }
  Url: { Value: !GetAtt EchoUrl.FunctionUrl }
`,
    ),
  );
  const ids = stack.resources.map(({ logicalId }) => logicalId);
  expect(ids).toEqual(
    expect.arrayContaining([
      "ServerlessRestApi",
      "ServerlessRestApiDeployment",
      "ServerlessRestApiProdStage",
      "ServerlessHttpApi",
      "ServerlessHttpApiApiGatewayDefaultStage",
      "EchoUrl",
    ]),
  );
  const { Rest = "", Http = "", Url = "" } = stack.outputs;
  const ask = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(localUrls(url, tank.url), init);
    // biome-ignore lint/suspicious/noExplicitAny: the event as it came
    return { response, event: (await response.json().catch(() => undefined)) as any };
  };
  expect((await ask(Rest)).event).toMatchObject({ resource: "/{proxy+}", path: "/a" });
  expect((await ask(Rest.replace(/a$/, ""))).event).toMatchObject({ resource: "/" });
  const { response: preflight } = await ask(Rest, { method: "OPTIONS" });
  // ANY has no OPTIONS of its own, so SAM's mock answers.
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-methods")).toContain("DELETE,GET");
  const items = await ask(Http, { method: "POST" });
  expect(items.event).toMatchObject({
    routeKey: "POST /items/{id}",
    rawPath: "/items/7",
    pathParameters: { id: "7" },
  });
  expect((await ask(Http)).event).toMatchObject({ routeKey: "$default", rawPath: "/items/7" });
  const direct = await ask(`${Url}x?y=1`, { headers: { origin: tank.url } });
  expect(direct.event).toMatchObject({ rawPath: "/x", rawQueryString: "y=1", version: "2.0" });
  expect(direct.response.headers.get("access-control-allow-origin")).toBe("*");

  await stack.delete();
  expect((await ask(Rest)).response.status).toBe(404);
});

test("a DefinitionBody without the proxy serves beside the functions' own events", async () => {
  await using tank = await startTank();
  const path = "lambda:path/2015-03-31/functions";
  const uri = `arn:aws:apigateway:\${AWS::Region}:${path}/\${Echo.Arn}/invocations`;
  const stack = await tank.deploy(
    written(
      "explicit",
      `Resources:
  DecisionTree:
    Type: AWS::Serverless::Api
    Properties:
      StageName: DummyStage
      Cors: { AllowOrigin: "'*'", AllowHeaders: "'Content-Type'" }
      BinaryMediaTypes: [image~1png]
      DefinitionBody:
        openapi: 3.0.1
        info: { title: DecisionTreeAPI }
        paths:
          /DT:
            post:
              x-amazon-apigateway-integration:
                type: aws
                httpMethod: POST
                uri: !Sub "${uri}"
                responses: { default: { statusCode: "200" } }
  Echo:
    ${ECHO}
      Events:
        Proxy: { Type: Api, Properties: { Path: /classify, Method: POST, RestApiId: !Ref DecisionTree } }
Outputs: { Api: { Value: !Ref DecisionTree } }
`,
    ),
  );
  const url = `${tank.url}/_api/${stack.outputs.Api}/DummyStage`;
  const custom = await fetch(`${url}/DT`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: '{"body":"1,2"}',
  });
  expect(await custom.json()).toEqual({ statusCode: 200, body: '{"body":"1,2"}' });
  const headers = { "content-type": "image/png" };
  const proxied = await fetch(`${url}/classify`, { method: "POST", headers, body: "png" });
  const body = Buffer.from("png").toString("base64");
  expect(await proxied.json()).toMatchObject({ body, isBase64Encoded: true });
  const preflight = await fetch(`${url}/DT`, { method: "OPTIONS" });
  expect(preflight.headers.get("access-control-allow-headers")).toBe("Content-Type");
  expect(preflight.headers.get("access-control-allow-methods")).toBe("OPTIONS,POST");
});

test("an event's API must be of the template, and what is not emulated is named", () => {
  const faulty = (properties: string) =>
    complaint(() =>
      planOf(`Transform: AWS::Serverless-2016-10-31
Resources:
  Echo:
    ${ECHO}
      Events:
        One: { Type: Api, Properties: ${properties} }
`),
    );
  expect(faulty("{ Path: /, Method: get, RestApiId: Nope }")).toContain(
    "RestApiId names no AWS::Serverless::Api of this template.",
  );
  expect(faulty("{ Path: /, Method: get, Auth: { ApiKeyRequired: true } }")).toContain(
    "Auth of an event of type Api is not emulated.",
  );
  expect(faulty("{ Path: / }")).toContain("the event One needs Method.");
});

test("templates that limit or authorize calls are refused by name", () => {
  const faulty = (resource: string) =>
    complaint(() =>
      planOf(`Transform: AWS::Serverless-2016-10-31\nResources: { One: ${resource} }`),
    );
  const settings = (given: string) =>
    `{ StageName: v1, MethodSettings: [{ ResourcePath: "/*", HttpMethod: "*", ${given} }] }`;
  const stage = (given: string) =>
    `{ Type: AWS::ApiGateway::Stage, Properties: ${settings(given).replace("{", "{ RestApiId: a, DeploymentId: b,")} }`;
  expect(faulty(stage("ThrottlingRateLimit: 5"))).toContain(
    "One: ThrottlingRateLimit in MethodSettings is not emulated.",
  );
  const sam = stage("ThrottlingBurstLimit: 5").replace("ApiGateway::Stage", "Serverless::Api");
  expect(faulty(sam.replace("RestApiId: a, DeploymentId: b,", ""))).toContain(
    "One: ThrottlingBurstLimit in MethodSettings is not emulated.",
  );
  expect(faulty(stage("CachingEnabled: true"))).toContain("CachingEnabled in MethodSettings");
  const harmless = stage("MetricsEnabled: true, CachingEnabled: false");
  expect(() => planOf(`Resources: { One: ${harmless} }`)).not.toThrow();
  expect(
    faulty("{ Type: AWS::Serverless::Api, Properties: { StageName: v1, Auth: {} } }"),
  ).toContain("the property Auth of AWS::Serverless::Api is not emulated.");
  for (const type of ["UsagePlan", "ApiKey", "Authorizer"]) {
    expect(faulty(`{ Type: AWS::ApiGateway::${type} }`)).toContain(
      `unknown resource type "AWS::ApiGateway::${type}".`,
    );
  }
});

import {
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  DeleteAliasCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  LambdaClient,
  ListFunctionUrlConfigsCommand,
  PublishVersionCommand,
} from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { localUrls } from "../../../emulator/gateway/address.ts";
import { functionOf } from "../../support/functions.ts";
import { startTank, type TestTank } from "../../support/tank.ts";

async function withUrl(tank: TestTank) {
  const lambda = tank.client(LambdaClient);
  const input = { FunctionName: "score", AuthType: "NONE" } as const;
  const { FunctionUrl = "" } = await lambda.send(new CreateFunctionUrlConfigCommand(input));
  return { lambda, id: FunctionUrl.slice("https://".length).split(".")[0] ?? "", FunctionUrl };
}

test("a function's URL answers by its id and by the function's name", async () => {
  await using tank = await startTank();
  using _fn = await functionOf(tank, {
    body: "return event.rawPath === '/text' ? 'plain' : event;",
  });
  const { id } = await withUrl(tank);
  const response = await fetch(`${tank.url}/_url/${id}/a%2Fb?x=1&x=2`, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream" },
    body: "xyz",
  });
  expect(response.headers.get("x-amzn-requestid")).toBeTruthy();
  expect(await response.json()).toMatchObject({
    version: "2.0",
    routeKey: "$default",
    rawPath: "/a%2Fb",
    rawQueryString: "x=1&x=2",
    queryStringParameters: { x: "1,2" },
    body: Buffer.from("xyz").toString("base64"),
    isBase64Encoded: true,
    requestContext: {
      apiId: id,
      domainName: `${id}.lambda-url.us-east-1.on.aws`,
      http: { method: "PUT", path: "/a%2Fb" },
      stage: "$default",
    },
  });
  const text = await fetch(`${tank.url}/_url/score/text`);
  expect(await text.text()).toBe("plain");
  expect((await fetch(`${tank.url}/_url/nope/`)).status).toBe(404);
});

test("a function that fails is a 502 to its URL", async () => {
  await using tank = await startTank();
  using _fn = await functionOf(tank, { body: "throw new Error('out of water');" });
  const { id } = await withUrl(tank);
  expect((await fetch(`${tank.url}/_url/${id}/`)).status).toBe(502);
});

test("a URL's configuration is kept, listed and deleted", async () => {
  await using tank = await startTank();
  using _fn = await functionOf(tank, { body: "return 1;" });
  const { lambda, FunctionUrl } = await withUrl(tank);
  const FunctionName = "score";
  const get = () => lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }));
  expect(await get()).toMatchObject({ FunctionUrl, AuthType: "NONE", InvokeMode: "BUFFERED" });
  const { FunctionUrlConfigs } = await lambda.send(
    new ListFunctionUrlConfigsCommand({ FunctionName }),
  );
  expect(FunctionUrlConfigs).toMatchObject([{ FunctionUrl }]);
  const again = new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: "AWS_IAM" });
  await expect(lambda.send(again)).rejects.toMatchObject({ name: "ResourceConflictException" });
  await lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName }));
  await expect(get()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("an alias has a URL of its own, which goes with it", async () => {
  await using tank = await startTank();
  using _fn = await functionOf(tank, { body: "return 'of the version';" });
  const { lambda } = await withUrl(tank);
  const fn = { FunctionName: "score" };
  await lambda.send(new PublishVersionCommand(fn));
  await lambda.send(new CreateAliasCommand({ ...fn, Name: "live", FunctionVersion: "1" }));
  const create = (Qualifier: string) =>
    lambda.send(new CreateFunctionUrlConfigCommand({ ...fn, Qualifier, AuthType: "NONE" }));
  const { FunctionUrl = "" } = await create("live");
  const url = localUrls(FunctionUrl, tank.url);
  expect(await (await fetch(url)).text()).toBe("of the version");
  const listed = await lambda.send(new ListFunctionUrlConfigsCommand(fn));
  expect(listed.FunctionUrlConfigs).toHaveLength(2);
  await expect(create("1")).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  await lambda.send(new DeleteAliasCommand({ ...fn, Name: "live" }));
  expect((await fetch(url)).status).toBe(404);
});

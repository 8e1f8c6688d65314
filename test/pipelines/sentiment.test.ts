import { spawnSync } from "node:child_process";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import event from "../../handlers/sentiment/event.json" with { type: "json" };
import httpEvent from "../../handlers/sentiment/event-http.json" with { type: "json" };
import { deployed, type Target } from "./target.ts";

interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

let tank: Target;
let lambda: LambdaClient;
beforeAll(async () => {
  tank = await deployed("sentiment");
  lambda = tank.client(LambdaClient);
});
afterAll(() => tank[Symbol.asyncDispose]());

async function ask<T = HttpAnswer>(input: unknown, FunctionName = "sentiment"): Promise<T> {
  const Payload = JSON.stringify(input);
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
  expect(answer.FunctionError).toBeUndefined();
  return JSON.parse(answer.Payload?.transformToString() ?? "");
}

const python = process.env.WAVETANK_PYTHON ?? "python3";
const hasBoto3 = spawnSync(python, ["-c", "import boto3"]).status === 0;

const PROFIT = "Operating profit rose to EUR 13.1 mn from EUR 8.7 mn a year earlier.";

const refused: [what: string, input: unknown, reason: string][] = [
  ["no payload", {}, "payload is missing"],
  ["an empty payload", { payload: "" }, "payload is empty"],
  ["only spaces", { payload: " \n\t" }, "payload is empty"],
  ["a very long payload", { payload: "x".repeat(10_001) }, "at most 10000"],
  ["a megabyte", { payload: "x".repeat(1_000_000) }, "1000000 characters; at most 10000"],
  ["a number", { payload: 7 }, "not a text"],
  ["a list", { payload: ["profit"] }, "not a text"],
  ["null", { payload: null }, "not a text"],
  ["half a surrogate pair", { payload: "profit \ud83d" }, "not valid Unicode"],
];

const functions = hasBoto3 ? ["sentiment", "sentiment-python"] : ["sentiment"];
describe.each(functions)("the function %s", (name) => {
  test("answers the original's event as the original does", async () => {
    expect(await ask(event, name)).toEqual({ "Raw Text": "Hello, Lambda!", Categories: "neutral" });
  });

  test("tells profit from loss, and keeps the text as it came", async () => {
    const told = [PROFIT, "Sales fell by 12 % and the company will lay off 200 employees."];
    const answers = await Promise.all(told.map((payload) => ask({ payload }, name)));
    expect(answers).toEqual([
      { "Raw Text": told[0], Categories: "positive" },
      { "Raw Text": told[1], Categories: "negative" },
    ]);
    const payload = "Älyn 利益 \u{1f680}\u0000 profit";
    expect(await ask({ payload }, name)).toMatchObject({ "Raw Text": payload });
  });

  test.each(refused)("refuses %s with 400 and the reason", async (_, input, reason) => {
    const { statusCode, body } = await ask(input, name);
    expect(statusCode).toBe(400);
    expect(JSON.parse(body).error).toContain(reason);
  });

  test("reads ten thousand characters", async () => {
    const payload = "profit rose ".repeat(1000).slice(0, 10_000);
    expect(await ask({ payload }, name)).toMatchObject({ Categories: "positive" });
  });
});

describe("by HTTP", () => {
  const get = (rawPath: string, method = "GET") =>
    ask({
      ...httpEvent,
      rawPath,
      body: undefined,
      requestContext: { ...httpEvent.requestContext, http: { method, path: rawPath } },
    });
  const post = (body: string, others = {}) => ask({ ...httpEvent, body, ...others });

  test("a posted text is categorized", async () => {
    const { statusCode, headers, body } = await ask(httpEvent);
    expect(statusCode).toBe(200);
    expect(headers["content-type"]).toBe("application/json");
    expect(JSON.parse(body)).toEqual({ "Raw Text": PROFIT, Categories: "positive" });
  });

  test("version 1 of the payload has the same answer", async () => {
    const { body } = httpEvent;
    const requestContext = { stage: "prod", path: "/prod/process_text" };
    const version1 = { httpMethod: "POST", path: "/process_text", body, requestContext };
    expect(await ask(version1)).toEqual(await ask(httpEvent));
  });

  test("the index greets", async () => {
    expect(await get("/")).toMatchObject({ statusCode: 200, body: '"Welcome to my fast API"' });
  });

  test("the OpenAPI document names each path that answers, and where they start", async () => {
    const { body } = await get("/openapi.json");
    const { openapi, paths, servers } = JSON.parse(body);
    expect(openapi).toMatch(/^3\./);
    expect(Object.keys(paths)).toEqual(["/", "/process_text"]);
    expect(servers).toEqual([{ url: "." }]);
  });

  test("the docs page asks nothing of other places, and has its addresses beside its own", async () => {
    const requestContext = { stage: "prod", path: "/prod/docs" };
    const page = await ask({ httpMethod: "GET", path: "/docs", body: null, requestContext });
    expect(page).toMatchObject({ statusCode: 200 });
    expect(page.headers["content-type"]).toMatch(/^text\/html/);
    expect(page.body).toContain('data-url="process_text"');
    expect(page.body).not.toMatch(/https?:/);
  });

  test("other paths and methods are refused", async () => {
    expect(await get("/nowhere")).toMatchObject({ statusCode: 404 });
    expect(await get("/process_text")).toMatchObject({ statusCode: 405 });
    expect(await get("/process_text", "OPTIONS")).toMatchObject({ statusCode: 204 });
  });

  test.each(refused)("%s is a 400 with the reason", async (_, input, reason) => {
    const { statusCode, body } = await post(JSON.stringify(input));
    expect(statusCode).toBe(400);
    expect(JSON.parse(body).error).toContain(reason);
  });

  test.each([
    ["no JSON", "profit rose", {}, "not JSON"],
    ["no object", '"profit rose"', {}, "expected"],
    ["nothing", "", {}, "empty"],
    ["no UTF-8", "eyJwYXlsb2FkIjogIoD/In0=", { isBase64Encoded: true }, "not UTF-8"],
  ])("a body that is %s is a 400", async (_, body, others, reason) => {
    const answer = await post(body, others);
    expect(answer.statusCode).toBe(400);
    expect(JSON.parse(answer.body).error).toContain(reason);
  });

  test("a body in base64 is read", async () => {
    const body = Buffer.from(String(httpEvent.body)).toString("base64");
    expect(await post(body, { isBase64Encoded: true })).toEqual(await ask(httpEvent));
  });
});

test("a payload that is no UTF-8 is refused by Lambda itself", async () => {
  const Payload = Buffer.from("7b227061796c6f6164223a2022ff227d", "hex");
  const invoke = new InvokeCommand({ FunctionName: "sentiment", Payload });
  await expect(lambda.send(invoke)).rejects.toMatchObject({
    name: "InvalidRequestContentException",
    $metadata: { httpStatusCode: 400 },
  });
});

test("the endpoint takes texts, and says how sure it is", async () => {
  const { Body } = await tank.client(SageMakerRuntimeClient).send(
    new InvokeEndpointCommand({
      EndpointName: "sentiment",
      ContentType: "application/json",
      Body: JSON.stringify({ instances: [[PROFIT], ["Älyn"]] }),
    }),
  );
  const { predictions } = JSON.parse(Buffer.from(Body ?? []).toString());
  expect(predictions).toHaveLength(2);
  expect(predictions[0].category).toBe("positive");
  expect(Math.max(...predictions[0].probabilities)).toBe(predictions[0].probabilities[2]);
});

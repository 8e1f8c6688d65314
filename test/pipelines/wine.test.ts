import { readFile } from "node:fs/promises";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteEndpointCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import event from "../../handlers/wine/event.json" with { type: "json" };
import proxyEvent from "../../handlers/wine/event-proxy.json" with { type: "json" };
import { FEATURES } from "../../handlers/wine/wine.ts";
import { deployed, type Target, targetName } from "./target.ts";

interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

let tank: Target;
let lambda: LambdaClient;
beforeAll(async () => {
  tank = await deployed("wine");
  lambda = tank.client(LambdaClient);
});
afterAll(() => tank[Symbol.asyncDispose]());

async function ask(input: unknown): Promise<Answer> {
  const Payload = JSON.stringify(input);
  const answer = await lambda.send(new InvokeCommand({ FunctionName: "wine", Payload }));
  expect(answer.FunctionError).toBeUndefined();
  return JSON.parse(answer.Payload?.transformToString() ?? "");
}

const proxied = (changes: object) => ask({ ...proxyEvent, ...changes });
const cells = event.body.split(",");
const withCell = (index: number, cell: string) => cells.with(index, cell).join(",");

test("the original's event has the original's answer", async () => {
  expect(await ask(event)).toEqual({
    statusCode: 200,
    headers: { "Content-Type": "text/plain" },
    body: "Your Wine class is Cultivar 0",
  });
});

test("wines of each cultivar are told apart", async () => {
  const [first, second, third] = await Promise.all(
    [
      event.body,
      "12.29,1.41,1.98,16,85,2.55,2.5,.29,1.77,2.9,1.23,2.74,428",
      "14.13,4.1,2.74,24.5,96,2.05,.76,.56,1.35,9.2,.61,1.6,560\n",
    ].map((body) => ask({ body })),
  );
  expect([first?.body, second?.body, third?.body]).toEqual([
    "Your Wine class is Cultivar 0",
    "Your Wine class is Cultivar 1",
    "Your Wine class is Cultivar 2",
  ]);
});

test("thirteen numbers posted raw are answered for pages of any origin, base64 or not", async () => {
  const expected = {
    statusCode: 200,
    headers: { "Content-Type": "text/plain", "Access-Control-Allow-Origin": "*" },
    body: "Your Wine class is Cultivar 0",
  };
  const base64 = Buffer.from(event.body).toString("base64");
  expect(await proxied({})).toMatchObject(expected);
  expect(await proxied({ body: base64, isBase64Encoded: true })).toMatchObject(expected);
  expect(await proxied({ body: JSON.stringify(event) })).toMatchObject(expected);
  const { httpMethod, requestContext, ...others } = proxyEvent;
  const version2 = { ...others, version: "2.0", requestContext: { http: { method: httpMethod } } };
  expect(await ask(version2)).toMatchObject(expected);
});

test("who accepts JSON is told the probabilities, which add up to one", async () => {
  const { body, headers } = await proxied({ headers: { accept: "application/json" } });
  expect(headers["Content-Type"]).toBe("application/json");
  const { cultivar, probabilities } = JSON.parse(body);
  expect(cultivar).toBe(0);
  expect(probabilities).toHaveLength(3);
  expect(probabilities[0]).toBeGreaterThan(0.9);
  expect(probabilities[0] + probabilities[1] + probabilities[2]).toBeCloseTo(1, 5);
});

test("a browser's preflight request is answered", async () => {
  expect(await proxied({ httpMethod: "OPTIONS", body: null })).toMatchObject({
    statusCode: 204,
    headers: { "Access-Control-Allow-Methods": "OPTIONS,POST" },
  });
});

test.each([
  ["nothing at all", null, "there is no body"],
  ["no body", {}, "there is no body"],
  ["a number for a body", { body: 14.23 }, "body is no text but of type number"],
  ["a list for a body", { body: [14.23] }, "body is no text but a list"],
  ["an empty body", { body: "" }, "the body is empty: expected 13 numbers"],
  ["twelve numbers", { body: cells.slice(1).join(",") }, "expected 13 numbers"],
  ["fourteen numbers", { body: `${event.body},1` }, "found 14"],
  ["NaN", { body: withCell(3, "NaN") }, 'number 4 (alcalinity_of_ash) is "NaN"'],
  ["a word", { body: withCell(0, "red") }, 'number 1 (alcohol) is "red"'],
  ["an empty cell", { body: withCell(12, "") }, 'number 13 (proline) is ""'],
  ["more than 32 bits hold", { body: withCell(1, "1e39") }, 'number 2 (malic_acid) is "1e39"'],
  ["hexadecimal", { body: withCell(1, "0x10") }, "not a finite number"],
  ["two wines", { body: `${event.body}\n${event.body}` }, "found several lines"],
])("%s is a bad request, and says why", async (_, input, reason) => {
  const { statusCode, body } = await ask(input);
  expect(statusCode).toBe(400);
  expect(body).toMatch(/^Bad request: /);
  expect(body).toContain(reason);
});

test.each([
  ["no UTF-8", { body: "gP8=", isBase64Encoded: true }, "not UTF-8"],
  ["no body", { body: null }, "the body is empty"],
  ["half a JSON", { body: '{"body": ' }, "no valid JSON"],
])("a proxied request with %s is a bad request", async (_, changes, reason) => {
  const { statusCode, body } = await proxied(changes);
  expect(statusCode).toBe(400);
  expect(body).toContain(reason);
});

test("a megabyte that is no wine is a bad request, told in few words", async () => {
  const { statusCode, body } = await ask({ body: withCell(0, "x".repeat(1_000_000)) });
  expect(statusCode).toBe(400);
  expect(body).toBe(`Bad request: number 1 (alcohol) is "${"x".repeat(40)}", not a finite number`);
});

test("a payload that is no UTF-8 is refused by Lambda itself", async () => {
  const Payload = Buffer.from('{"body": "\xff"}', "latin1");
  await expect(
    lambda.send(new InvokeCommand({ FunctionName: "wine", Payload })),
  ).rejects.toMatchObject({ name: "InvalidRequestContentException" });
});

test.runIf(targetName === "embedded")(
  "an endpoint that does not answer is told with its status, as the original does",
  async () => {
    await using own = await deployed("wine");
    await own.client(SageMakerClient).send(new DeleteEndpointCommand({ EndpointName: "wine" }));
    const Payload = JSON.stringify(event);
    const answer = await own
      .client(LambdaClient)
      .send(new InvokeCommand({ FunctionName: "wine", Payload }));
    expect(JSON.parse(answer.Payload?.transformToString() ?? "")).toMatchObject({
      statusCode: 400,
      body: expect.stringMatching(/^ERROR occurred: ValidationError: /),
    });
  },
);

test("the endpoint answers a CSV row with the class and three probabilities", async () => {
  const { Body } = await tank.client(SageMakerRuntimeClient).send(
    new InvokeEndpointCommand({
      EndpointName: "wine",
      ContentType: "text/csv",
      Body: event.body,
    }),
  );
  const row = Buffer.from(Body ?? [])
    .toString()
    .trim()
    .split(",");
  expect(row).toHaveLength(4);
  expect(row[0]).toBe("0");
});

test("the form has a field for each feature, and no more", async () => {
  const file = new URL("../../handlers/wine/site/index.html", import.meta.url);
  const page = await readFile(file, "utf8");
  const ids = [...page.matchAll(/<input\b[^>]* id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual([...FEATURES]);
  for (const id of ids) expect(page).toContain(`<label for="${id}"`);
});

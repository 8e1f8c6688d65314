import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { startTank, type TestTank } from "../support/tank.ts";

let tank: TestTank;
let api = "";

beforeAll(async () => {
  tank = await startTank();
  const stack = await tank.deploy(join(packageRoot(), "handlers/sentiment/template.yaml"));
  api = tank.localUrls(stack.outputs.Api ?? "");
});
afterAll(() => tank.stop());

const PROFIT = "Operating profit rose to EUR 13.1 mn from EUR 8.7 mn a year earlier.";

async function post(path: string, body: string | Uint8Array<ArrayBuffer>) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${api}${path}`, { method: "POST", headers, body });
  expect(response.headers.get("content-type")).toBe("application/json");
  return { status: response.status, said: (await response.json()) as { error?: string } };
}

const payload = (value: unknown) => JSON.stringify({ payload: value });

const refused: [what: string, body: string | Uint8Array<ArrayBuffer>, reason: string][] = [
  ["nothing", "", "the body is empty"],
  ["no JSON", "profit rose", "the body is not JSON"],
  ["no object", '"profit rose"', 'expected {"payload": "text"}'],
  ["no payload", "{}", "payload is missing"],
  ["an empty payload", payload(""), "payload is empty"],
  ["only spaces", payload(" \n\t"), "payload is empty"],
  ["one character too many", payload("x".repeat(10_001)), "at most 10000"],
  ["a megabyte", payload("x".repeat(1_000_000)), "1000000 characters; at most 10000"],
  ["a number", payload(7), "not a text"],
  ["a list", payload(["profit"]), "not a text"],
  ["null", payload(null), "not a text"],
  ["half a surrogate pair", '{"payload": "profit \\ud83d"}', "not valid Unicode"],
  [
    "no UTF-8",
    new Uint8Array(Buffer.from("7b227061796c6f6164223a2022ff227d", "hex")),
    "the body is not UTF-8 text",
  ],
];

const python = process.env.WAVETANK_PYTHON ?? "python3";
const hasBoto3 = spawnSync(python, ["-c", "import boto3"]).status === 0;
const paths = hasBoto3 ? ["/process_text", "/python/process_text"] : ["/process_text"];

describe.each(paths)("POST %s", (path) => {
  test("categorizes a text", async () => {
    expect(await post(path, payload(PROFIT))).toEqual({
      status: 200,
      said: { "Raw Text": PROFIT, Categories: "positive" },
    });
    const text = "Älyn 利益 \u{1f680} profit";
    expect((await post(path, payload(text))).said).toMatchObject({ "Raw Text": text });
  });

  test.each(refused)("refuses %s with 400 and the reason", async (_, body, reason) => {
    const { status, said } = await post(path, body);
    expect(status).toBe(400);
    expect(said.error).toContain(reason);
  });
});

test("the index greets", async () => {
  const response = await fetch(`${api}/`);
  expect(response.status).toBe(200);
  expect(await response.json()).toBe("Welcome to my fast API");
});

test("the OpenAPI document's server and paths are those that answer", async () => {
  const document = `${api}/openapi.json`;
  const described = (await (await fetch(document)).json()) as {
    servers: { url: string }[];
    paths: object;
  };
  expect(Object.keys(described.paths)).toEqual(["/", "/process_text"]);
  // A relative server is relative to the document: OpenAPI 3.1, "Server Object".
  const server = new URL(described.servers[0]?.url ?? "", document).href.replace(/\/$/, "");
  expect((await post("/process_text", payload(PROFIT))).status).toBe(200);
  expect(server).toBe(api);
});

test("the docs are a page", async () => {
  const response = await fetch(`${api}/docs`);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await response.text()).toContain("process_text");
});

test("what there is not is told in words", async () => {
  expect((await fetch(`${api}/nowhere`)).status).toBe(404);
  expect((await fetch(`${api}/process_text`)).status).toBe(405);
});

import { expect, test } from "vitest";
import { Program, run } from "./program.ts";

const TEMPLATE = "handlers/ride-duration/template.yaml";

test("demo --once prints each prediction and a summary, and ends with 0", async () => {
  const { code, stdout, stderr } = await run(["demo", "--once", "--port", "0"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/ {2}ride-duration {2}\{"ride":.*"ride_id":256\} {2}→ {2}\{"model":/);
  // Of a request and its answer, what they say.
  expect(stdout).toMatch(/ {2}wine {2}14\.23,.* {2}→ {2}200 Your Wine class is Cultivar 0 {2}\d/);
  expect(stdout).toMatch(/\d+ predictions · each in .* \(median\)/);
  expect(stderr).toMatch(/✔ deployed ride-duration · \d+ resources · /);
});

test("demo --once --json prints one object a line: predictions, then a summary", async () => {
  const { code, stdout } = await run(["--json", "demo", "--once", "--port", "0"]);
  expect(code).toBe(0);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  for (const line of lines.slice(0, -1)) {
    expect(Object.keys(line)).toEqual(["pipeline", "input", "prediction", "latencyMs"]);
  }
  expect(lines.at(-1)).toMatchObject({
    summary: {
      predictions: lines.length - 1,
      pipelines: ["power-usage", "ride-duration", "sentiment", "store-sales", "wine"],
    },
  });
  const played = new Set(lines.slice(0, -1).map(({ pipeline }) => pipeline));
  expect([...played]).toEqual(["power-usage", "ride-duration", "sentiment", "store-sales", "wine"]);
});

test("a pipeline that does not exist is refused with 2 and the names of those that do", async () => {
  const { code, stderr } = await run(["demo", "nowhere"]);
  expect(code).toBe(2);
  expect(stderr).toContain("ride-duration");
});

test("health says 503 until everything is deployed, then 200; invoke prints a result to stdout and the log to stderr", async () => {
  await using program = new Program(["start", TEMPLATE, "--port", "0", "--log", "quiet"]);
  const url = await program.says(/http:\/\/127\.0\.0\.1:\d+/);
  const { port } = new URL(url);
  const health = await fetch(`${url}/_wavetank/health`);
  expect(health.status).toBe(200);
  expect(await health.json()).toEqual({
    status: "ready",
    services: {
      cloudwatch: "running",
      "cloudwatch-logs": "running",
      dynamodb: "running",
      "api-gateway": "running",
      "api-gateway-v2": "running",
      kinesis: "running",
      sagemaker: "running",
      "sagemaker-runtime": "running",
      sqs: "running",
      "application-autoscaling": "running",
      lambda: "running",
      s3: "running",
    },
  });
  const event = ["--event", "handlers/ride-duration/event.json"];
  const invoked = await run(["invoke", "ride-duration", ...event, "--port", port]);
  expect(invoked.code).toBe(0);
  expect(JSON.parse(invoked.stdout)).toMatchObject({
    predictions: [{ version: "123", prediction: { ride_id: 256 } }],
  });
  expect(invoked.stderr).toMatch(/^START RequestId: /);
  const failed = await run([
    "invoke",
    "ride-duration",
    "--payload",
    '{"Records": 1}',
    "--port",
    port,
  ]);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain("ride-duration failed: ");
  const noJson = await run(["invoke", "ride-duration", "--payload", "{", "--port", port]);
  expect(noJson.code).toBe(2);
});

test("an unknown parameter ends the start with 1 and leaves nothing behind", async () => {
  const words = ["start", TEMPLATE, "--port", "0", "--parameter", "Nobody=1"];
  const { code, stderr } = await run(words);
  expect(code).toBe(1);
  expect(stderr).toContain("Nobody");
});

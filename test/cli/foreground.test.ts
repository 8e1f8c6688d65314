import { createServer } from "node:net";
import { expect, test } from "vitest";
import { until } from "../support/tank.ts";
import { Program, run } from "./program.ts";

async function startProgram(words: readonly string[] = []) {
  const program = new Program(["start", "--port", "0", ...words]);
  const url = await program.says(/http:\/\/127\.0\.0\.1:\d+/);
  await program.says(/export AWS_ENDPOINT_URL/);
  return { program, url, port: new URL(url).port };
}

/** Whether anybody could listen on a port now. */
function isFree(port: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(Number(port), "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends a tank with 0, says so, and gives its port back",
  async (signal) => {
    const { program, port } = await startProgram();
    await using _ = program;
    program.signal(signal);
    expect(await program.ended()).toBe(0);
    expect(program.stderr).toMatch(/stopping… \(Ctrl-C again to force\)\nstopped in .* m?s\n$/);
    expect(await isFree(port)).toBe(true);
  },
);

test("the banner names the endpoint and the one line to paste, without colours into a pipe", async () => {
  const { program, url } = await startProgram();
  await using _ = program;
  expect(program.stdout).toContain("ready in");
  expect(program.stdout).toContain(
    `export AWS_ENDPOINT_URL=${url} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test`,
  );
  expect(program.stdout).not.toContain("\u001b[");
});

test("a second tank on the same port ends with 4 and says by whom it is in use", async () => {
  const { program, port } = await startProgram();
  await using _ = program;
  const { code, stderr } = await run(["start", "--port", port]);
  expect(code).toBe(4);
  expect(stderr).toContain(`Port ${port} is in use by another tank.`);
  expect(stderr).toContain(`wavetank stop --port ${port}`);
});

test("a port that another program holds is named with its process", async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port));
  });
  try {
    const { code, stderr } = await run(["start", "--port", String(port)]);
    expect(code).toBe(4);
    expect(stderr).toMatch(new RegExp(`Port ${port} is in use by .+ \\(pid ${process.pid}\\)`));
  } finally {
    other.close();
  }
});

test("status, wait, env and stop find a running tank from another terminal", async () => {
  const { program, url, port } = await startProgram();
  await using _ = program;
  const at = ["--port", port];
  const ready = await run(["--json", "wait", ...at]);
  expect(JSON.parse(ready.stdout)).toEqual({ ready: true, url });
  const status = await run(["--json", "status", ...at]);
  expect(JSON.parse(status.stdout)).toMatchObject({
    url,
    status: "ready",
    services: { kinesis: { state: "running", resources: [] } },
  });
  const env = await run(["env", "--format", "dotenv", ...at]);
  expect(env.stdout).toContain(`AWS_ENDPOINT_URL=${url}\n`);
  const stop = await run(["stop", ...at]);
  expect(stop).toMatchObject({ code: 0, stdout: `stopped ${url}\n` });
  expect(await program.ended()).toBe(0);
});

test("stream put and stream tail carry records, one JSON object a line in JSON mode", async () => {
  const { program, url, port } = await startProgram();
  await using _ = program;
  const create = { StreamName: "orders", ShardCount: 1 };
  await fetch(url, {
    method: "POST",
    headers: { "x-amz-target": "Kinesis_20131202.CreateStream" },
    body: JSON.stringify(create),
  });
  const at = ["--port", port];
  await using tail = new Program([
    "--json",
    "stream",
    "tail",
    "orders",
    "--from-start",
    "--count",
    "2",
    ...at,
  ]);
  const put = (data: string, key: string) =>
    run(["stream", "put", "orders", data, "--key", key, ...at]);
  await until(async () => (await put("one", "a")).code === 0);
  await put("two", "b");
  expect(await tail.ended()).toBe(0);
  const records = tail.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(records).toMatchObject([
    { partitionKey: "a", data: "one" },
    { partitionKey: "b", data: "two" },
  ]);
});

test("the request log goes to stderr: service, operation, status, and the fact that matters", async () => {
  const { program, url } = await startProgram();
  await using _ = program;
  await fetch(url, {
    method: "POST",
    headers: { "x-amz-target": "Kinesis_20131202.DescribeStreamSummary" },
    body: '{"StreamName":"nowhere"}',
  });
  const line = await program.says(/.*DescribeStreamSummary.*\n/);
  expect(line).toMatch(
    /^\d\d:\d\d:\d\d\.\d{3} {2}kinesis +DescribeStreamSummary +400 +\d+ ms {2}ResourceNotFoundException: Stream nowhere under account 000000000000 not found\.\n$/,
  );
});

test("--log json writes each event as one JSON object", async () => {
  const { program, url } = await startProgram(["--log", "json"]);
  await using _ = program;
  await fetch(url, {
    method: "POST",
    headers: { "x-amz-target": "Kinesis_20131202.ListStreams" },
    body: "{}",
  });
  const line = await program.says(/\{.*ListStreams.*\}\n/);
  expect(JSON.parse(line)).toMatchObject({
    type: "request",
    operation: "ListStreams",
    status: 200,
  });
});

test("a tank that waits for LocalStack says so, and ends at Ctrl-C", async () => {
  const localstack = ["--backend", "s3=localstack", "--localstack-url", "http://127.0.0.1:9"];
  await using program = new Program(["start", "--port", "0", ...localstack]);
  await program.says("waiting for localstack to answer");
  program.signal("SIGINT");
  expect(await program.ended()).toBe(0);
});

test("a template that is not there ends the start with 1 and names it", async () => {
  const { code, stderr } = await run(["start", "nowhere/template.yaml", "--port", "0"]);
  expect(code).toBe(1);
  expect(stderr).toContain("nowhere/template.yaml");
});

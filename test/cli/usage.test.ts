import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "./program.ts";

test("an unknown option is refused with 2, and the near one suggested", async () => {
  const { code, stderr } = await run(["start", "--prot", "1"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Did you mean --port?");
});

test("an unknown command is refused with 2, and the near one suggested", async () => {
  const { code, stderr } = await run(["statsu"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Did you mean status?");
});

test("a port that is no port is refused with 2", async () => {
  const { code, stderr } = await run(["start", "--port", "70000"]);
  expect(code).toBe(2);
  expect(stderr).toContain("A port is a number from 0 to 65535.");
});

test("a backend that there is not is refused with 2 and those that there are", async () => {
  const { code, stderr } = await run(["start", "--backend", "kinesis=moon"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Use one of embedded, localstack, aws");
});

test("a rate that is no rate is refused with 2", async () => {
  const { code, stderr } = await run(["demo", "--rate", "fast"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Write it as 50/s.");
});

test(".env.local and .env of the folder are read, the shell's variables first", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wavetank-test-"));
  await writeFile(join(folder, ".env"), "WAVETANK_S3=dotenv\nWAVETANK_KINESIS=dotenv\n");
  await writeFile(join(folder, ".env.local"), "WAVETANK_S3=local\n");
  const start = (env: Record<string, string>) => run(["start", "--port", "0"], env, folder);
  expect((await start({})).stderr).toContain("WAVETANK_KINESIS=dotenv");
  const kinesis = { WAVETANK_KINESIS: "embedded" };
  expect((await start(kinesis)).stderr).toContain("WAVETANK_S3=local");
  expect((await start({ ...kinesis, WAVETANK_S3: "shell" })).stderr).toContain("WAVETANK_S3=shell");
  await rm(folder, { recursive: true });
});

test("help leads with examples and ends with 0", async () => {
  const { code, stdout } = await run(["--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Examples:\n {2}\$ wavetank demo/);
});

test("without a tank, status says so with 3 and how to start one", async () => {
  const { code, stderr } = await run(["status", "--port", "1"]);
  expect(code).toBe(3);
  expect(stderr).toContain("No tank is running on port 1.");
  expect(stderr).toContain("wavetank start");
});

test("in JSON mode a failure is JSON on stdout, with its code, message and hint", async () => {
  const { code, stdout } = await run(["--json", "status", "--port", "1"]);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: "ERR_NOT_RUNNING",
      message: "No tank is running on port 1.",
      hint: "Start one with `wavetank start`, or with `npm start` in a checkout.",
    },
  });
});

test("in JSON mode a usage error is JSON too", async () => {
  const { code, stdout } = await run(["--json", "start", "--prot", "1"]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout).error.code).toBe("ERR_USAGE");
});

test("wait gives up with 124", async () => {
  const { code, stderr } = await run(["wait", "--port", "1", "--timeout", "10ms"]);
  expect(code).toBe(124);
  expect(stderr).toContain("No tank was ready within 10 ms.");
});

test("doctor names each check and its remedy", async () => {
  const { stdout } = await run(["doctor"]);
  for (const check of ["Node", "onnxruntime", "port 4566", "free memory", "Docker"]) {
    expect(stdout).toContain(check);
  }
});

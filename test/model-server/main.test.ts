import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import { until } from "../support/tank.ts";
import { modelFolder } from "./models.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder = "";
let program = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wavetank-test-"));
  program = join(folder, "model-server.mjs");
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  await build({
    entryPoints: [join(root, "emulator/model-server/main.ts")],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function run(command: string, env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [program, command], {
    env: { ...process.env, MODEL_SERVER_HOST: "127.0.0.1", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const exit = once(child, "exit").then(([code]) => code as number | null);
  return { child, exit, stderr: () => stderr };
}

test("`serve` listens on SageMaker's port, answers, and ends cleanly at SIGTERM", async () => {
  await using models = await modelFolder({ "1/model.onnx": "linear" });
  const port = await freePort();
  const { child, exit } = run("serve", {
    SM_MODEL_DIR: models.path,
    SAGEMAKER_BIND_TO_PORT: String(port),
  });
  const url = `http://127.0.0.1:${port}`;
  await until(() =>
    fetch(`${url}/ping`).then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
  const response = await fetch(`${url}/invocations`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: "1,2,3",
  });
  expect(await response.text()).toBe("8.72\n");
  child.kill("SIGTERM");
  // Windows has no SIGTERM to catch: there it ends the process at once.
  expect(await exit).toBe(process.platform === "win32" ? null : 0);
});

test("`serve` without a model ends with what to do about it", async () => {
  await using models = await modelFolder({});
  const { exit, stderr } = run("serve", {
    SM_MODEL_DIR: models.path,
    SAGEMAKER_BIND_TO_PORT: String(await freePort()),
  });
  expect(await exit).toBe(1);
  expect(stderr()).toContain("holds no model.onnx");
  expect(stderr()).toContain("Put model.onnx at the top of the archive");
});

test("another command is refused by name", async () => {
  const { exit, stderr } = run("train", {});
  expect(await exit).toBe(1);
  expect(stderr()).toContain('unknown command "train"');
});

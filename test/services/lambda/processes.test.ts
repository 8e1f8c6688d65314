import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { isAlive } from "../../../emulator/core/is-alive.ts";
import { bootstrapFile } from "../../../emulator/services/lambda/runtimes/node.ts";
import { until } from "../../support/tank.ts";
import { SCOPE, startLambdaTank } from "./support/lambda-tank.ts";
import { hasPython } from "./support/python.ts";

const NODE = {
  "index.ts": `
    import { spawn } from "node:child_process";
    export const handler = async ({ hang, spawns }: { hang?: boolean; spawns?: boolean }) => {
      const child = spawns ? spawn("sleep", ["1000"]).pid : 0;
      console.log("pids", process.pid, child);
      if (hang) await new Promise((resolve) => setTimeout(resolve, 1e6));
      return [process.pid, child];
    };`,
};
const PYTHON = {
  "index.py": "import os\n\ndef handler(event, context):\n    return os.getpid()\n",
};

test("a tank that stops leaves no process behind, nor what functions started", async () => {
  const tank = await startLambdaTank();
  await tank.create(NODE);
  const pids = (await tank.invoke("score", { spawns: true })).payload;
  expect(pids.map(isAlive)).toEqual([true, true]);
  await tank.stop();
  await until(() => !pids.some(isAlive));
});

test.runIf(hasPython)("a tank that stops leaves no Python process behind", async () => {
  const tank = await startLambdaTank();
  await tank.create(PYTHON, { Runtime: "python3.13" });
  const { payload: pid } = await tank.invoke("score");
  expect(isAlive(pid)).toBe(true);
  await tank.stop();
  await until(() => !isAlive(pid));
});

test("a tank that stops lets an invocation under way end", async () => {
  const tank = await startLambdaTank();
  await tank.create({
    "index.mjs": `
      export const handler = async () => {
        console.log("begun");
        await new Promise((resolve) => setTimeout(resolve, 100));
        return "done";
      };`,
  });
  const underWay = tank.engine.invoke({ functionName: "score", payload: "{}", scope: SCOPE });
  await until(() => tank.logOf("score").some(({ message }) => message.includes("begun")));
  await tank.stop();
  expect((await underWay).payload.toString()).toBe('"done"');
});

test("a reset ends processes and forgets functions, and the tank goes on", async () => {
  await using tank = await startLambdaTank();
  await tank.create(NODE);
  const [pid] = (await tank.invoke("score")).payload;
  const hanging = tank.invoke("score", { hang: true });
  await until(
    () => tank.logOf("score").filter(({ message }) => message.includes("pids")).length === 2,
  );
  await tank.engine.reset();
  expect((await hanging).payload.errorType).toBe("Runtime.ExitError");
  await until(() => !isAlive(pid));
  await expect(tank.invoke("score")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await tank.create(NODE);
  expect((await tank.invoke("score")).error).toBeUndefined();
});

/** Starts a bootstrap as the tank does, then closes the channel as the tank's end would. */
async function exitAfterTheTank(command: string, args: string[], env: Record<string, string>) {
  const { PATH = "" } = process.env;
  const child = spawn(command, args, {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
    env: { PATH, ...env },
  });
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const channel = child.stdio[3] as Duplex;
  // Its first frame says that it has begun, for better or worse.
  await new Promise((resolve) => channel.once("data", resolve));
  channel.destroy();
  return exited;
}

test("a Node.js process ends when its tank is gone", async () => {
  await using tank = await startLambdaTank();
  const file = join(
    tank.folder({ "index.mjs": "export const handler = async () => 1;" }),
    "index.mjs",
  );
  const provided = { pattern: "^$", from: file };
  const module = { file, exportPath: "handler", isBundle: false, isEsModule: true, provided };
  const args = [bootstrapFile("node-bootstrap.mjs"), JSON.stringify(module)];
  expect(await exitAfterTheTank(process.execPath, args, {})).toBe(0);
});

test.runIf(hasPython)("a Python process ends when its tank is gone", async () => {
  await using tank = await startLambdaTank();
  const folder = tank.folder({
    "index.py": "import time\nprint('begun')\ntime.sleep(1000)\n",
  });
  const args = [bootstrapFile("python-bootstrap.py")];
  const env = {
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: "index.handler",
    AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9",
  };
  expect(await exitAfterTheTank("python3", args, env)).toBe(0);
});

test("a tank that stops while a function is loading leaves no process behind", async () => {
  const tank = await startLambdaTank();
  const { folder } = await tank.create({
    "index.ts": `
      import { writeFileSync } from "node:fs";
      writeFileSync("pid", String(process.pid));
      await new Promise((resolve) => setTimeout(resolve, 1e6));
      export const handler = async () => 1;`,
  });
  const pidFile = join(folder, "pid");
  void tank.engine.warm("score", SCOPE);
  const pid = Number(await until(() => existsSync(pidFile) && readFileSync(pidFile, "utf8")));
  expect(isAlive(pid)).toBe(true);
  await tank.stop();
  expect(isAlive(pid)).toBe(false);
});

import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { isAlive } from "../../../emulator/core/is-alive.ts";
import { until } from "../../support/tank.ts";
import { type LambdaTank, startLambdaTank } from "./support/lambda-tank.ts";

const MISBEHAVING = {
  "index.mjs": `
    let calls = 0;
    export const handler = async (event) => {
      calls += 1;
      console.log("pid", process.pid);
      if (event.hang) await new Promise((resolve) => setTimeout(resolve, 1e6));
      if (event.spin) for (;;);
      if ("exit" in event) process.exit(event.exit);
      if (event.kill) process.kill(process.pid, event.kill);
      if (event.fill) { globalThis.held = []; for (;;) globalThis.held.push(new Array(1e5).fill(Math.random())); }
      if (event.buffer) globalThis.buffer = Buffer.alloc(event.buffer, 1);
      return calls;
    };
  `,
};

/** The process that the function's log names last. */
function pidOf(tank: LambdaTank): number | undefined {
  const lines = tank.logOf("score").map(({ message }) => message);
  const pid = lines.map((line) => /\tpid (\d+)/.exec(line)?.[1]).findLast((found) => found);
  return pid === undefined ? undefined : Number(pid);
}

test.each(["hang", "spin"])("a handler that does not end (%s) is killed in time", async (how) => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock });
  await tank.create(MISBEHAVING, { Timeout: 3 });
  const hanging = tank.invoke("score", { [how]: true }, { LogType: "Tail" });
  const pid = await until(() => pidOf(tank));
  await clock.advance(2_999);
  expect(isAlive(pid)).toBe(true);
  await clock.advance(1);
  const { payload, error, log, answer } = await hanging;
  const { requestId } = answer.$metadata;
  expect(error).toBe("Unhandled");
  expect(payload).toEqual({
    errorType: "Sandbox.Timedout",
    errorMessage: `RequestId: ${requestId} Error: Task timed out after 3.00 seconds`,
  });
  expect(log).toContain(
    `\tpid ${pid}\n2026-01-01T00:00:03.100Z ${requestId} Task timed out after 3.00 seconds\n\nEND`,
  );
  expect(log).toContain("\tDuration: 3000.00 ms\t");
  await until(() => !isAlive(pid));
  expect(tank.seen.find(({ type }) => type === "invocation")).toMatchObject({ outcome: "timeout" });
  const next = await tank.invoke("score");
  expect(next.payload).toBe(1);
});

test.each([
  [{ exit: 0 }, "Runtime exited without providing a reason"],
  [{ exit: 7 }, "Runtime exited with error: exit status 7"],
  [{ kill: "SIGKILL" }, "Runtime exited with error: signal: killed"],
  [{ kill: "SIGSEGV" }, "Runtime exited with error: signal: segmentation fault"],
])("a handler that ends its process (%o) costs one invocation", async (event, reason) => {
  await using tank = await startLambdaTank();
  await tank.create(MISBEHAVING);
  await tank.invoke("score");
  const { payload, error, log, answer } = await tank.invoke("score", event, { LogType: "Tail" });
  const { requestId } = answer.$metadata;
  expect(error).toBe("Unhandled");
  expect(payload).toEqual({
    errorType: "Runtime.ExitError",
    errorMessage: `RequestId: ${requestId} Error: ${reason}`,
  });
  // What was printed just before is not lost with the process.
  expect(log).toMatch(/\tpid \d+\nEND/);
  expect(log.endsWith(`\nRequestId: ${requestId} Error: ${reason}\nRuntime.ExitError\n`)).toBe(
    true,
  );
  expect((await tank.invoke("score")).payload).toBe(1);
});

test("a heap that outgrows the function's memory ends the process", async () => {
  await using tank = await startLambdaTank();
  await tank.create(MISBEHAVING, { MemorySize: 128 });
  const { payload, log } = await tank.invoke("score", { fill: true }, { LogType: "Tail" });
  expect(payload.errorType).toBe("Runtime.ExitError");
  expect(payload.errorMessage).toMatch(/Runtime exited with error: signal: aborted$/);
  expect(log).toContain("JavaScript heap out of memory");
});

test("buffers that outgrow the function's memory end the process", async () => {
  await using tank = await startLambdaTank();
  await tank.create(MISBEHAVING, { MemorySize: 128 });
  const { payload, log } = await tank.invoke("score", { buffer: 300e6 }, { LogType: "Tail" });
  expect(payload.errorMessage).toMatch(/Runtime exited with error: signal: killed$/);
  expect(log).toContain("\tMax Memory Used: 128 MB\t");
});

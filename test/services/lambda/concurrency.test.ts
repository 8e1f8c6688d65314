import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { isAlive } from "../../../emulator/core/is-alive.ts";
import { until } from "../../support/tank.ts";
import { startLambdaTank } from "./support/lambda-tank.ts";

/** Answers once a file of the event's name appears in its folder. */
const WAITING = {
  "index.mjs": `
    import { existsSync, writeFileSync } from "node:fs";
    export const handler = async ({ until }) => {
      writeFileSync("started-" + process.pid, "");
      while (until && !existsSync(until)) await new Promise((resolve) => setTimeout(resolve, 5));
      return process.pid;
    };
  `,
};

async function startedCount(folder: string): Promise<number> {
  const { readdirSync } = await import("node:fs");
  return readdirSync(folder).filter((name) => name.startsWith("started-")).length;
}

async function open(folder: string, gate: string): Promise<void> {
  const { writeFileSync } = await import("node:fs");
  writeFileSync(`${folder}/${gate}`, "");
}

test("invocations at the same time run in environments of their own", async () => {
  await using tank = await startLambdaTank();
  const { folder } = await tank.create(WAITING);
  const both = Promise.all([1, 2].map(() => tank.invoke("score", { until: "gate" })));
  await until(async () => (await startedCount(folder)) === 2);
  await open(folder, "gate");
  const [first, second] = await both;
  expect(first?.payload).not.toBe(second?.payload);
});

test("handlers that wait get an environment each, however few processors there are", async () => {
  await using tank = await startLambdaTank();
  const { folder } = await tank.create(WAITING);
  const count = availableParallelism() + 3;
  const all = Promise.all(
    Array.from({ length: count }, () => tank.invoke("score", { until: "gate" })),
  );
  await until(async () => (await startedCount(folder)) === count);
  await open(folder, "gate");
  expect(new Set((await all).map(({ payload }) => payload)).size).toBe(count);
});

test("handlers that compute share about as many environments as there are processors", async () => {
  await using tank = await startLambdaTank();
  await tank.create({
    "index.mjs": `
      export const handler = async () => {
        for (const endsAt = performance.now() + 10; performance.now() < endsAt; );
        return process.pid;
      };
    `,
  });
  const answers = await Promise.all(Array.from({ length: 300 }, () => tank.invoke("score")));
  const environments = new Set(answers.map(({ payload }) => payload)).size;
  expect(environments).toBeLessThanOrEqual(3 * availableParallelism());
});

test("an environment that is free serves the next invocation", async () => {
  await using tank = await startLambdaTank();
  await tank.create(WAITING);
  const { payload: first } = await tank.invoke("score");
  const { payload: second } = await tank.invoke("score");
  expect(second).toBe(first);
});

test("with as many environments as there may be, further invocations wait their turn", async () => {
  await using tank = await startLambdaTank({ needs: { maxEnvironmentsPerFunction: 1 } });
  await tank.create(WAITING);
  const answers = await Promise.all([1, 2, 3].map(() => tank.invoke("score")));
  expect(new Set(answers.map(({ payload }) => payload)).size).toBe(1);
});

test("beyond the account's concurrency an invocation is throttled", async () => {
  await using tank = await startLambdaTank({ needs: { concurrency: 1 } });
  const { folder } = await tank.create(WAITING);
  const first = tank.invoke("score", { until: "gate" });
  await until(async () => (await startedCount(folder)) === 1);
  await expect(tank.invoke("score")).rejects.toMatchObject({
    name: "TooManyRequestsException",
    message: "Rate Exceeded.",
    Reason: "ConcurrentInvocationLimitExceeded",
    $metadata: { httpStatusCode: 429 },
  });
  await open(folder, "gate");
  expect((await first).error).toBeUndefined();
  expect((await tank.invoke("score")).error).toBeUndefined();
});

test("an environment that has been idle for some minutes is stopped", async () => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock });
  await tank.create(WAITING);
  const { payload: pid } = await tank.invoke("score");
  await clock.advance(4 * 60_000);
  expect(isAlive(pid)).toBe(true);
  await clock.advance(3 * 60_000);
  await until(() => !isAlive(pid));
  const { payload: next } = await tank.invoke("score");
  expect(next).not.toBe(pid);
});

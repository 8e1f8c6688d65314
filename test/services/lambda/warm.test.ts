import { expect, test } from "vitest";
import { SCOPE, startLambdaTank } from "./support/lambda-tank.ts";

test("a warmed function serves its first invocation without a cold start", async () => {
  await using tank = await startLambdaTank();
  await tank.create({
    "index.ts": "const loaded = process.uptime(); export const handler = async () => process.pid;",
  });
  const { initMs, fault } = await tank.engine.warm("score", SCOPE);
  expect(fault).toBeUndefined();
  expect(initMs).toBeGreaterThan(0);
  const { log } = await tank.invoke("score", {}, { LogType: "Tail" });
  expect(log).not.toContain("Init Duration");
});

test("warming tells what is wrong with a function", async () => {
  await using tank = await startLambdaTank();
  await tank.create({ "index.ts": "export const handler = ;" });
  const { fault } = await tank.engine.warm("score", SCOPE);
  expect(fault).toMatchObject({ errorType: "Runtime.UserCodeSyntaxError" });
});

test("a function can be warmed while it is still Pending", async () => {
  await using tank = await startLambdaTank();
  await tank.create({ "index.ts": "export const handler = async () => 1;" }, { isSettled: false });
  expect((await tank.engine.warm("score", SCOPE)).fault).toBeUndefined();
});

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

test("who warms a function that is being warmed waits for the same process", async () => {
  await using tank = await startLambdaTank();
  await tank.create({ "index.ts": "console.log('loaded'); export const handler = () => 1;" });
  const warming = [1, 2, 3].map(() => tank.engine.warm("score", SCOPE));
  await Promise.all(warming);
  await tank.invoke("score");
  expect(tank.logOf("score").filter(({ message }) => message.includes("loaded"))).toHaveLength(1);
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

import { writeFileSync } from "node:fs";
import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { type LambdaTank, startLambdaTank } from "./support/lambda-tank.ts";

/** Tells that it runs, and ends once a file is there. */
const WAITING = {
  "index.mjs": `
    import { existsSync, writeFileSync } from "node:fs";
    export const handler = async ({ until }) => {
      writeFileSync("started", "");
      while (until && !existsSync(until)) await new Promise((resolve) => setTimeout(resolve, 5));
      return "done";
    };
  `,
};

const reserve = (tank: LambdaTank, ReservedConcurrentExecutions: number, FunctionName = "score") =>
  tank.lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
  );

async function started(folder: string): Promise<void> {
  const { existsSync } = await import("node:fs");
  await until(() => existsSync(`${folder}/started`));
}

const THROTTLED = {
  name: "TooManyRequestsException",
  message: "Rate Exceeded.",
  Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
  retryAfterSeconds: "1",
  $metadata: { httpStatusCode: 429 },
};

test("beyond its reservation a function is throttled, and others are not", async () => {
  await using tank = await startLambdaTank();
  const { folder } = await tank.create(WAITING);
  await tank.create(WAITING, { FunctionName: "other" });
  await reserve(tank, 1);
  const first = tank.invoke("score", { until: "gate" });
  await started(folder);
  await expect(tank.invoke("score")).rejects.toMatchObject(THROTTLED);
  expect((await tank.invoke("other")).payload).toBe("done");
  writeFileSync(`${folder}/gate`, "");
  expect((await first).payload).toBe("done");
  expect((await tank.invoke("score")).payload).toBe("done");
});

test("what one function has reserved the others cannot have", async () => {
  await using tank = await startLambdaTank({ needs: { concurrency: 101 } });
  const { folder } = await tank.create(WAITING);
  await tank.create(WAITING, { FunctionName: "other" });
  await reserve(tank, 1, "other");
  // In-process, since the SDK's client opens fifty connections at most.
  const request = { functionName: "score", payload: '{"until":"gate"}', scope: tank.scope };
  const waiting = Array.from({ length: 100 }, () => tank.engine.invoke(request));
  await started(folder);
  await expect(tank.invoke("score")).rejects.toMatchObject({
    Reason: "ConcurrentInvocationLimitExceeded",
  });
  expect((await tank.invoke("other")).payload).toBe("done");
  writeFileSync(`${folder}/gate`, "");
  await Promise.all(waiting);
});

test("a reservation is shown, and taken back", async () => {
  await using tank = await startLambdaTank();
  await tank.create(WAITING);
  const input = { FunctionName: "score" };
  const settings = async () =>
    (await tank.lambda.send(new GetAccountSettingsCommand({}))).AccountLimit;
  const shown = async () =>
    (await tank.lambda.send(new GetFunctionConcurrencyCommand(input))).ReservedConcurrentExecutions;
  expect(await shown()).toBeUndefined();
  expect((await reserve(tank, 300)).ReservedConcurrentExecutions).toBe(300);
  expect(await shown()).toBe(300);
  expect((await tank.lambda.send(new GetFunctionCommand(input))).Concurrency).toEqual({
    ReservedConcurrentExecutions: 300,
  });
  expect(await settings()).toMatchObject({
    ConcurrentExecutions: 1000,
    UnreservedConcurrentExecutions: 700,
  });
  await tank.lambda.send(new DeleteFunctionConcurrencyCommand(input));
  expect(await shown()).toBeUndefined();
  expect(await settings()).toMatchObject({ UnreservedConcurrentExecutions: 1000 });
});

test("a hundred stay for functions without a reservation", async () => {
  await using tank = await startLambdaTank();
  await tank.create(WAITING);
  await reserve(tank, 900);
  await expect(reserve(tank, 901)).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  });
  await reserve(tank, 800);
});

test("a version has no reservation of its own", async () => {
  await using tank = await startLambdaTank();
  await tank.create(WAITING, { deploy: "zip", Publish: true });
  await expect(reserve(tank, 1, "score:1")).rejects.toMatchObject({
    message: expect.stringContaining("This operation is permitted on Lambda functions only."),
  });
});

test("with none reserved calls are throttled, and events are dropped at once", async () => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock });
  await tank.create(WAITING);
  await reserve(tank, 0);
  await expect(tank.invoke("score")).rejects.toMatchObject(THROTTLED);
  const { answer } = await tank.invoke("score", {}, { InvocationType: "Event" });
  expect(answer.StatusCode).toBe(202);
  const warning = await until(() => tank.seen.find(({ type }) => type === "warning"));
  expect(warning).toMatchObject({
    message: expect.stringContaining("the function's reserved concurrency is 0"),
  });
});

import { InvokeCommand } from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { startLambdaTank } from "./support/lambda-tank.ts";

const ECHO = {
  "index.mjs": `
    export const handler = async (event, context) => ({ event, arn: context.invokedFunctionArn });
    export const nothing = async () => {};
    export const talk = async () => { console.log("x".repeat(5000)); console.log("the end"); };
    export const context = async (event, context) => ({ ...context, client: context.clientContext });
  `,
};
const ARN = "arn:aws:lambda:us-east-1:000000000000:function:score";

describe("accepts", () => {
  test("an event and answers what the handler returned", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO);
    const { answer, payload } = await tank.invoke("score", { ride_id: 256 });
    expect(payload).toEqual({ event: { ride_id: 256 }, arn: ARN });
    expect(answer.StatusCode).toBe(200);
    expect(answer.ExecutedVersion).toBe("$LATEST");
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.LogResult).toBeUndefined();
  });

  test("no payload, which the handler sees as {}", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO);
    const { payload } = await tank.invoke("score", {}, { Payload: undefined });
    expect(payload.event).toEqual({});
  });

  test("an ARN, and $LATEST by name, which the handler sees in its own ARN", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO);
    expect((await tank.invoke(ARN)).payload.arn).toBe(ARN);
    const { payload } = await tank.invoke("score", {}, { Qualifier: "$LATEST" });
    expect(payload.arn).toBe(`${ARN}:$LATEST`);
  });

  test("a dry run, which runs nothing", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO);
    const { answer, text } = await tank.invoke("score", {}, { InvocationType: "DryRun" });
    expect(answer.StatusCode).toBe(204);
    expect(answer.ExecutedVersion).toBeUndefined();
    expect(text).toBe("");
  });

  test("a client context, on however many lines", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO, { Handler: "index.context" });
    const context = { custom: { city: "Zürich" }, client: { installation_id: "1" }, env: {} };
    const ClientContext = Buffer.from(JSON.stringify(context, null, 2)).toString("base64");
    const { payload } = await tank.invoke("score", {}, { ClientContext });
    expect(payload.client).toEqual(context);
  });
});

describe("rejects", () => {
  test.each([
    ["what is no JSON", "{ride"],
    ["what is no UTF-8", Buffer.from([0x22, 0xff, 0x22])],
  ])("%s", async (_what, Payload) => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO);
    const command = new InvokeCommand({ FunctionName: "score", Payload });
    await expect(tank.lambda.send(command)).rejects.toMatchObject({
      name: "InvalidRequestContentException",
      message: expect.stringMatching(
        /^Could not parse request body into json: Could not parse payload into json: ./,
      ),
    });
  });

  test.each([
    ["a function that is not there", "nope", undefined, `${ARN.replace("score", "nope")}:$LATEST`],
    ["a version", "score", "7", `${ARN}:7`],
  ])("%s", async (_what, FunctionName, Qualifier, arn) => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO);
    await expect(tank.invoke(FunctionName, {}, { Qualifier })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `Function not found: ${arn}`,
    });
  });

  test("a function that is still Pending", async () => {
    await using tank = await startLambdaTank({ clock: new ManualClock() });
    await tank.create(ECHO, { isSettled: false });
    await expect(tank.invoke("score")).rejects.toMatchObject({
      name: "ResourceConflictException",
      message:
        "The operation cannot be performed at this time. The function is currently in the following state: Pending",
      $metadata: { httpStatusCode: 409 },
    });
  });

  test.each([
    ["6 MB", "RequestResponse", 6_291_557, 6_291_556],
    ["1 MB of an event that nobody waits for", "Event", 1_048_577, 1_048_576],
  ] as const)("more than %s", async (_what, InvocationType, size, limit) => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO);
    const Payload = Buffer.from(JSON.stringify("x".repeat(size - 2)));
    await expect(tank.invoke("score", {}, { InvocationType, Payload })).rejects.toMatchObject({
      message: `${size} byte payload is too large for the ${InvocationType} invocation type (limit ${limit} bytes)`,
      $metadata: { httpStatusCode: 413 },
    });
  });

  test("a client context that is no JSON", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO);
    await expect(tank.invoke("score", {}, { ClientContext: "e3s=" })).rejects.toMatchObject({
      name: "InvalidRequestContentException",
    });
  });

  test("a tenant, by name", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO);
    await expect(tank.invoke("score", {}, { TenantId: "blue" })).rejects.toMatchObject({
      message: "TenantId is not emulated by Wavetank yet.",
    });
  });
});

describe("behaves", () => {
  test("a handler that returns nothing answers null", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO, { Handler: "index.nothing" });
    expect((await tank.invoke("score")).text).toBe("null");
  });

  test("the invocation's id is the call's", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO, { Handler: "index.context" });
    const { answer, payload } = await tank.invoke("score");
    expect(payload.awsRequestId).toBe(answer.$metadata.requestId);
  });

  test("a log tail has START, END and REPORT; only a cold start reports its init", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO);
    const id = "[0-9a-f-]{36}";
    const cold = await tank.invoke("score", {}, { LogType: "Tail" });
    expect(cold.log).toMatch(
      new RegExp(
        `^START RequestId: ${id} Version: \\$LATEST\nEND RequestId: ${id}\nREPORT RequestId: ${id}\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 512 MB\tMax Memory Used: \\d+ MB\tInit Duration: \\d+\\.\\d\\d ms\t\n$`,
      ),
    );
    const warm = await tank.invoke("score", {}, { LogType: "Tail" });
    expect(warm.log).toMatch(/Max Memory Used: \d+ MB\t\n$/);
  });

  test("a log tail ends the log and is 4 KB long", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO, { Handler: "index.talk" });
    const { log } = await tank.invoke("score", {}, { LogType: "Tail" });
    expect(Buffer.byteLength(log)).toBe(4096);
    expect(log).toMatch(/^x+\n.*\tINFO\tthe end\nEND RequestId: /);
  });

  test("a print and an invocation are told to whoever listens", async () => {
    await using tank = await startLambdaTank();
    await tank.create(ECHO, { Handler: "index.talk" });
    await tank.invoke("score");
    const printed = tank.seen.filter(({ type }) => type === "print");
    expect(printed.at(-1)).toMatchObject({
      functionName: "score",
      line: expect.stringMatching(/\tINFO\tthe end$/),
    });
    expect(tank.seen.find(({ type }) => type === "invocation")).toMatchObject({
      functionName: "score",
      outcome: "ok",
      durationMs: expect.any(Number),
    });
  });
});

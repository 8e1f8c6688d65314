import { expect, test } from "vitest";
import { startLambdaTank } from "../support/lambda-tank.ts";

const HANDLERS = {
  "index.mjs": `
    const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    export const callback = (event, context, done) => { setTimeout(() => done(null, "called back"), 5); };
    export const waits = (event, context, done) => {
      globalThis.finished = false;
      setTimeout(() => { globalThis.finished = true; }, 50);
      done(null, "early");
    };
    export const hurries = (event, context, done) => {
      context.callbackWaitsForEmptyEventLoop = false;
      setTimeout(() => {}, 1e6);
      done(null, "early");
    };
    export const finished = async () => globalThis.finished;
    export const dispatch = (event, ...rest) => handlers[event.run](event, ...rest);
    const handlers = { callback, waits, hurries, finished: () => Promise.resolve(globalThis.finished) };
    export const forgets = (event, context, done) => {};
    export const never = async () => { await new Promise(() => {}); };
    export const succeeds = (event, context) => { context.succeed("succeeded"); context.fail("late"); };
    export const leaves = async () => { setTimeout(() => {}, 1e6); return "at once"; };
    export const context = async (event, context) => ({
      ...context,
      left: context.getRemainingTimeInMillis(),
      functions: ["succeed", "fail", "done"].map((name) => typeof context[name]),
      dumped: JSON.parse(JSON.stringify(context)),
    });
    export const big = async ({ size }) => "x".repeat(size - 2);
    export const unicode = async () => "Zürich ☃ 😀";
    export const remembers = async () => (globalThis.count = (globalThis.count ?? 0) + 1);
    export const inner = { deep: { handler: async () => "deep" } };
    export const notFunction = 7;
  `,
};

async function answerOf(handler: string, event: unknown = {}) {
  await using tank = await startLambdaTank();
  await tank.create(HANDLERS, { Handler: `index.${handler}` });
  return await tank.invoke("score", event);
}

test.each([
  ["a callback answers", "callback", "called back"],
  ["context.succeed answers, and only the first answer counts", "succeeds", "succeeded"],
  ["an async handler answers although a timer still runs", "leaves", "at once"],
  ["with callbackWaitsForEmptyEventLoop off, so does a callback", "hurries", "early"],
  ["a handler with a callback that it never calls answers null", "forgets", null],
  ["a handler may stand deep in its module's exports", "inner.deep.handler", "deep"],
  ["characters beyond ASCII come through", "unicode", "Zürich ☃ 😀"],
])("%s", async (_fact, handler, expected) => {
  const { payload, error } = await answerOf(handler);
  expect(error).toBeUndefined();
  expect(payload).toBe(expected);
});

test("a callback's answer waits until the event loop is empty", async () => {
  await using tank = await startLambdaTank();
  await tank.create(HANDLERS, { Handler: "index.dispatch" });
  expect((await tank.invoke("score", { run: "waits" })).payload).toBe("early");
  expect((await tank.invoke("score", { run: "finished" })).payload).toBe(true);
});

test("an async handler that can never settle fails", async () => {
  const { payload, error } = await answerOf("never");
  expect(error).toBe("Unhandled");
  expect(payload).toMatchObject({
    errorType: "Runtime.NodeJsExit",
    errorMessage: expect.stringMatching(/^The Lambda runtime client detected an unexpected Node/),
  });
});

test("a handler sees its function in the context", async () => {
  const { payload, answer } = await answerOf("context");
  expect(payload).toMatchObject({
    functionName: "score",
    functionVersion: "$LATEST",
    memoryLimitInMB: "512",
    logGroupName: "/aws/lambda/score",
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:score",
    awsRequestId: answer.$metadata.requestId,
    functions: ["function", "function", "function"],
  });
  expect(payload.left).toBeGreaterThan(15_000);
  expect(payload.left).toBeLessThanOrEqual(20_000);
  // As recorded from AWS.
  expect(Object.keys(payload.dumped)).toEqual([
    "callbackWaitsForEmptyEventLoop",
    "functionVersion",
    "functionName",
    "memoryLimitInMB",
    "logGroupName",
    "logStreamName",
    "invokedFunctionArn",
    "awsRequestId",
  ]);
});

test("a response of 6 MB is answered, a larger one refused", async () => {
  await using tank = await startLambdaTank();
  await tank.create(HANDLERS, { Handler: "index.big" });
  const largest = await tank.invoke("score", { size: 6_291_556 });
  expect(largest.text).toHaveLength(6_291_556);
  const { payload, error } = await tank.invoke("score", { size: 6_291_557 });
  expect(error).toBe("Unhandled");
  expect(payload).toEqual({
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
  });
});

test("an event of 6 MB arrives whole", async () => {
  await using tank = await startLambdaTank();
  await tank.create({ "index.mjs": "export const handler = async (event) => event.length;" });
  const { payload } = await tank.invoke("score", "ü".repeat(3_000_000));
  expect(payload).toBe(3_000_000);
});

test("a module's state lives on from one invocation to the next", async () => {
  await using tank = await startLambdaTank();
  await tank.create(HANDLERS, { Handler: "index.remembers" });
  const counts = [];
  for (let index = 0; index < 3; index += 1) counts.push((await tank.invoke("score")).payload);
  expect(counts).toEqual([1, 2, 3]);
});

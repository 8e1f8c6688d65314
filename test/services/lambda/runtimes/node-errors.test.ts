import { describe, expect, test } from "vitest";
import { type Files, startLambdaTank } from "../support/lambda-tank.ts";

const FAILING = {
  "src/fail.ts": `
    export class BadRide extends Error {
      readonly rideId: number;
      constructor(rideId: number) {
        super("ride " + rideId + " is bad");
        this.name = "BadRide";
        this.rideId = rideId;
      }
    }

    export function fail(rideId: number): never {
      throw new BadRide(rideId);
    }
  `,
  "index.ts": `
    import { fail } from "./src/fail.ts";
    export const handler = async (): Promise<void> => fail(7);
    export const sync = () => fail(8);
    export const callback = (event: unknown, context: unknown, done: (error: unknown) => void) => done("no ride");
    export const text = async () => { throw "just text"; };
    export const circular = async () => { const ring: Record<string, unknown> = {}; ring.ring = ring; return ring; };
    export const bigint = async () => 1n;
    export const uncaught = async () => { setImmediate(() => fail(9)); await new Promise((r) => setTimeout(r, 1e6)); };
    export const rejected = async () => { void Promise.reject(new Error("nobody cares")); await new Promise((r) => setTimeout(r, 1e6)); };
  `,
};

async function failureOf(handler: string, files: Files = FAILING) {
  await using tank = await startLambdaTank();
  await tank.create(files, { Handler: handler });
  return await tank.invoke("score", {}, { LogType: "Tail" });
}

describe("a handler's error", () => {
  test("is answered with its name, its message and its stack in the TypeScript files", async () => {
    const { payload, error, answer } = await failureOf("index.handler");
    expect(answer.StatusCode).toBe(200);
    expect(error).toBe("Unhandled");
    expect(payload.errorType).toBe("BadRide");
    expect(payload.errorMessage).toBe("ride 7 is bad");
    expect(payload.trace[0]).toBe("BadRide: ride 7 is bad");
    expect(payload.trace[1]).toMatch(/at fail \(.*\/src\/fail\.ts:12:13\)$/);
    expect(payload.trace[2]).toMatch(/\/index\.ts:3:55\)$/);
  });

  test("stands in the log as AWS's runtime writes it", async () => {
    const { log, answer } = await failureOf("index.handler");
    const line = log.split("\n").find((text) => text.includes("ERROR")) ?? "";
    const [time, requestId, level, what, json] = line.split("\t");
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect([requestId, level, what]).toEqual([
      answer.$metadata.requestId,
      "ERROR",
      "Invoke Error ",
    ]);
    expect(JSON.parse(json ?? "")).toMatchObject({
      errorType: "BadRide",
      errorMessage: "ride 7 is bad",
      rideId: 7,
      stack: expect.arrayContaining(["BadRide: ride 7 is bad"]),
    });
  });

  test.each([
    ["index.sync", "BadRide", "ride 8 is bad"],
    ["index.callback", "string", "no ride"],
    ["index.text", "string", "just text"],
    ["index.circular", "Error", "Unable to stringify response body"],
    ["index.bigint", "Error", "Unable to stringify response body"],
  ])("of %s has the type %s", async (handler, errorType, errorMessage) => {
    const { payload, error } = await failureOf(handler);
    expect(error).toBe("Unhandled");
    expect(payload).toMatchObject({ errorType, errorMessage, trace: expect.any(Array) });
  });

  test.each([
    ["index.uncaught", "BadRide", "ride 9 is bad", "Uncaught Exception"],
    [
      "index.rejected",
      "Runtime.UnhandledPromiseRejection",
      "Error: nobody cares",
      "Unhandled Promise Rejection",
    ],
  ])("outside of %s ends the process", async (handler, errorType, errorMessage, what) => {
    const { payload, log } = await failureOf(handler);
    expect(payload).toMatchObject({ errorType, errorMessage });
    expect(log).toContain(`\tERROR\t${what} \t{"errorType":"${errorType}"`);
  });
});

describe("a function that cannot be loaded", () => {
  test.each([
    [
      "whose module is missing",
      "nowhere.handler",
      "Runtime.ImportModuleError",
      "Error: Cannot find module 'nowhere'\nRequire stack:\n- /var/runtime/index.mjs",
    ],
    [
      "whose module lacks the handler",
      "index.absent",
      "Runtime.HandlerNotFound",
      "index.absent is undefined or not exported",
    ],
    ["whose handler has no module", "handler", "Runtime.MalformedHandlerName", "Bad handler"],
    [
      "whose handler would leave the folder",
      "../up.handler",
      "Runtime.MalformedHandlerName",
      "'../up.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
    ],
  ])("%s says so at each invocation", async (_what, handler, errorType, errorMessage) => {
    const { payload, error } = await failureOf(handler);
    expect(error).toBe("Unhandled");
    expect(payload).toMatchObject({ errorType, errorMessage });
  });

  test.each([
    [
      "whose code is no TypeScript",
      { "index.ts": "export const handler = async () => {\n  return ];\n};" },
      "Runtime.UserCodeSyntaxError",
      /^SyntaxError: index\.ts:2:10: Unexpected "]"$/,
    ],
    [
      "that imports what is not installed",
      { "index.ts": 'import "no-such-package";\nexport const handler = async () => 1;' },
      "Runtime.ImportModuleError",
      /^Error: Cannot find module 'no-such-package': index\.ts:1:8: Could not resolve/,
    ],
    [
      "that throws while it is loaded",
      { "index.ts": 'throw new TypeError("not today");' },
      "TypeError",
      /^not today$/,
    ],
    [
      "that ends its process while it is loaded",
      { "index.ts": "process.exit(3);" },
      "Runtime.ExitError",
      /Runtime exited with error: exit status 3$/,
    ],
  ])("%s says so", async (_what, files, errorType, errorMessage) => {
    const { payload, error } = await failureOf("index.handler", files as Files);
    expect(error).toBe("Unhandled");
    expect(payload).toMatchObject({ errorType, errorMessage: expect.stringMatching(errorMessage) });
  });

  test("says so in the function's log too", async () => {
    await using tank = await startLambdaTank();
    await tank.create({ "index.ts": "export const handler = ;" });
    await tank.invoke("score");
    const messages = tank.logOf("score").map(({ message }) => message);
    expect(messages.join("")).toContain('"errorType":"Runtime.UserCodeSyntaxError"');
  });

  test("that streams its response is refused by name", async () => {
    const files = {
      "index.mjs": "export const handler = awslambda.streamifyResponse(async () => {});",
    };
    const { payload } = await failureOf("index.handler", files);
    expect(payload).toMatchObject({
      errorType: "Runtime.MalformedStreamingHandler",
      errorMessage: expect.stringContaining("does not emulate"),
    });
  });
});

test("an error that nobody caught costs no second invocation", async () => {
  await using tank = await startLambdaTank();
  await tank.create(FAILING, { Handler: "index.uncaught" });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect((await tank.invoke("score")).payload.errorType).toBe("BadRide");
  }
});

import { describe, expect, test } from "vitest";
import { ManualClock } from "../../../../emulator/core/clock.ts";
import { until } from "../../../support/tank.ts";
import { type Files, type LambdaTank, startLambdaTank } from "../support/lambda-tank.ts";
import { hasPython } from "../support/python.ts";

const PYTHON = { Runtime: "python3.13", Handler: "lambda_function.lambda_handler" } as const;

async function answerOf(
  files: Files,
  input: { event?: unknown; Handler?: string; Runtime?: "python3.9" } = {},
) {
  const { event = {}, ...settings } = input;
  await using tank = await startLambdaTank();
  await tank.create(files, { ...PYTHON, ...settings });
  return await tank.invoke("score", event, { LogType: "Tail" });
}

const handler = (body: string) => ({
  "lambda_function.py": `def lambda_handler(event, context):\n    ${body.replaceAll("\n", "\n    ")}\n`,
});

describe.runIf(hasPython)("a Python handler", () => {
  test("answers what it returns and keeps its module's state", async () => {
    await using tank = await startLambdaTank();
    const counting =
      "calls = 0\n\ndef lambda_handler(event, context):\n    global calls\n    calls += 1\n    return {'calls': calls, 'ride': event['ride']}\n";
    await tank.create({ "lambda_function.py": counting }, PYTHON);
    const event = { ride: { zone: "Zürich ☃" } };
    expect((await tank.invoke("score", event)).payload).toEqual({ calls: 1, ...event });
    expect((await tank.invoke("score", event)).payload).toEqual({ calls: 2, ...event });
  });

  test("sees its function in the context", async () => {
    const { payload, answer } = await answerOf(
      handler(
        "names = ['aws_request_id', 'function_name', 'function_version', 'memory_limit_in_mb', 'invoked_function_arn', 'log_group_name', 'client_context']\nreturn {**{name: getattr(context, name) for name in names}, 'left': context.get_remaining_time_in_millis(), 'identity': context.identity.cognito_identity_id}",
      ),
    );
    expect(payload).toEqual({
      aws_request_id: answer.$metadata.requestId,
      function_name: "score",
      function_version: "$LATEST",
      memory_limit_in_mb: "512",
      invoked_function_arn: "arn:aws:lambda:us-east-1:000000000000:function:score",
      log_group_name: "/aws/lambda/score",
      client_context: null,
      identity: null,
      left: expect.any(Number),
    });
    expect(payload.left).toBeGreaterThan(10_000);
  });

  test("may stand in a folder below", async () => {
    const files = { "src/app.py": "def main(event, context):\n    return __name__\n" };
    expect((await answerOf(files, { Handler: "src/app.main" })).payload).toBe("src.app");
  });

  test("prints and logs as on AWS", async () => {
    const { log, answer } = await answerOf(
      handler(
        "import logging, sys\nprint('plain')\nprint('two\\nlines')\nprint('to stderr', file=sys.stderr)\nlogging.warning('careful')\nsys.stdout.write('no line break')\ncontext.log('by context')",
      ),
    );
    const { requestId } = answer.$metadata;
    const lines = log.split("\n").slice(1, -3);
    expect(lines.slice(0, 4)).toEqual(["plain", "two", "lines", "to stderr"]);
    expect(lines[4]).toMatch(
      new RegExp(
        `^\\[WARNING\\]\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t${requestId}\tcareful$`,
      ),
    );
    expect(lines.slice(5)).toEqual(["by context", "no line break"]);
  });

  test.each([
    ["decimals as numbers", "import decimal\nreturn decimal.Decimal('1.10')", "1.10"],
    ["None as null", "pass", "null"],
    ["bytes untouched", 'return b\'{"as": "is"}\'', '{"as": "is"}'],
    ["characters as they are", "return 'Zürich'", '"Zürich"'],
  ])("answers %s", async (_what, body, expected) => {
    expect((await answerOf(handler(body))).text).toBe(expected);
  });

  test("answers escaped characters before Python 3.12", async () => {
    const { text } = await answerOf(handler("return 'Zürich'"), { Runtime: "python3.9" });
    expect(text).toBe('"Z\\u00fcrich"');
  });

  test("that hangs is killed in time", async () => {
    const clock = new ManualClock();
    await using tank = await startLambdaTank({ clock });
    await tank.create(handler("print('here')\nwhile True: pass"), { ...PYTHON, Timeout: 1 });
    const hanging = tank.invoke("score");
    await until(() => printed(tank).includes("here\n"));
    await clock.advance(1_000);
    expect((await hanging).payload).toMatchObject({
      errorType: "Sandbox.Timedout",
      errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/),
    });
  });

  test("that ends its process costs one invocation", async () => {
    const { payload } = await answerOf(handler("import sys\nsys.exit(3)"));
    expect(payload).toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringMatching(/Runtime exited with error: exit status 3$/),
    });
  });
});

const printed = (tank: LambdaTank) => tank.logOf("score").map(({ message }) => message);

describe.runIf(hasPython)("a Python handler's error", () => {
  test("is answered with its class, its message and its stack, and logged as one event", async () => {
    await using tank = await startLambdaTank();
    const { folder } = await tank.create(handler("raise KeyError('ride_id')"), PYTHON);
    const { payload, error, answer } = await tank.invoke("score");
    expect(error).toBe("Unhandled");
    const where = `  File "${folder}/lambda_function.py", line 2, in lambda_handler`;
    expect(payload).toEqual({
      errorMessage: "'ride_id'",
      errorType: "KeyError",
      requestId: answer.$metadata.requestId,
      stackTrace: [`${where}\n    raise KeyError('ride_id')\n`],
    });
    const indent = (text: string) =>
      text.replace(/^ +/, (spaces) => "\u00a0".repeat(spaces.length));
    expect(printed(tank)).toContain(
      `[ERROR] KeyError: 'ride_id'\nTraceback (most recent call last):\n${indent(where)}\n${indent("    raise KeyError('ride_id')")}\n`,
    );
  });

  test.each([
    [
      "a module that is not there",
      { "lambda_function.py": "import no_such_module" },
      "lambda_function.lambda_handler",
      "Runtime.ImportModuleError",
      "Unable to import module 'lambda_function': No module named 'no_such_module'",
    ],
    [
      "a handler that is not there",
      { "lambda_function.py": "x = 1" },
      "lambda_function.lambda_handler",
      "Runtime.HandlerNotFound",
      "Handler 'lambda_handler' missing on module 'lambda_function'",
    ],
    [
      "what is no Python",
      { "lambda_function.py": "def lambda_handler(:" },
      "lambda_function.lambda_handler",
      "Runtime.UserCodeSyntaxError",
      /^Syntax error in module 'lambda_function': .*\(lambda_function\.py, line 1\)$/,
    ],
    [
      "a handler without a module",
      { "lambda_function.py": "x = 1" },
      "lambda_handler",
      "Runtime.MalformedHandlerName",
      "Bad handler 'lambda_handler': not enough values to unpack (expected 2, got 1)",
    ],
    [
      "a result that is no JSON",
      handler("return {1, 2}"),
      "lambda_function.lambda_handler",
      "Runtime.MarshalError",
      "Unable to marshal response: Object of type set is not JSON serializable",
    ],
  ])("for %s is the runtime's own", async (_what, files, Handler, errorType, errorMessage) => {
    const { payload, error } = await answerOf(files as Files, { Handler });
    expect(error).toBe("Unhandled");
    const message =
      typeof errorMessage === "string" ? errorMessage : expect.stringMatching(errorMessage);
    expect(payload).toMatchObject({ errorType, errorMessage: message });
  });

  test("while it is loaded has no request id", async () => {
    const { payload } = await answerOf({ "lambda_function.py": "raise Exception('no start')" });
    expect(payload).toMatchObject({
      errorType: "Exception",
      errorMessage: "no start",
      requestId: "",
    });
  });

  test("for a missing boto3 says how to get it", async () => {
    // A module of this name that behaves as if it were not installed.
    const missing = "raise ModuleNotFoundError(\"No module named 'boto3'\", name='boto3')";
    const { payload } = await answerOf({
      "lambda_function.py": "import boto3",
      "boto3.py": missing,
    });
    expect(payload.errorType).toBe("Runtime.ImportModuleError");
    const [first, hint] = payload.errorMessage.split("\n");
    expect(first).toBe("Unable to import module 'lambda_function': No module named 'boto3'");
    expect(hint).toMatch(/-m pip install boto3.*WAVETANK_PYTHON/);
  });

  test("for a missing interpreter says how to get one", async () => {
    await using tank = await startLambdaTank({ needs: { python: "no-such-python" } });
    await tank.create(handler("pass"), PYTHON);
    expect((await tank.invoke("score")).payload).toMatchObject({
      errorType: "Runtime.InvalidEntrypoint",
      errorMessage: expect.stringMatching(/no-such-python.*\n.*WAVETANK_PYTHON/),
    });
  });
});

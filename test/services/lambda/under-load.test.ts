import { type CreateFunctionCommandInput, InvokeCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { startLambdaTank } from "./support/lambda-tank.ts";
import { hasPython } from "./support/python.ts";

/** Answers its number, or ends in the way that the event asks for. */
const HANDLER = {
  "index.mjs": `
    export const handler = async ({ number, way }) => {
      if (way === "throw") throw new Error("thrown " + number);
      if (way === "exit") process.exit(3);
      if (way === "crash") process.kill(process.pid, "SIGKILL");
      if (way === "hang") await new Promise((resolve) => setTimeout(resolve, 60_000));
      if (way === "large") return "x".repeat(6_291_556);
      return { number };
    };
  `,
};

const PYTHON_HANDLER = {
  "lambda_function.py": `
import os, signal, time

def lambda_handler(event, context):
    number, way = event["number"], event.get("way")
    if way == "throw":
        raise ValueError(f"raised {number}")
    if way == "exit":
        os._exit(3)
    if way == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if way == "hang":
        time.sleep(60)
    if way == "large":
        return "x" * 6_291_556
    return {"number": number}
`,
};

const PYTHON = { Runtime: "python3.13", Handler: "lambda_function.lambda_handler" } as const;

interface Load {
  readonly runtime: string;
  readonly files: Record<string, string>;
  readonly settings: Partial<CreateFunctionCommandInput>;
  readonly count: number;
  readonly thrown: string;
}

const LOADS: Load[] = [
  { runtime: "Node.js", files: HANDLER, settings: {}, count: 400, thrown: "Error" },
  ...(hasPython
    ? [
        {
          runtime: "Python",
          files: PYTHON_HANDLER,
          settings: PYTHON,
          count: 200,
          thrown: "ValueError",
        },
      ]
    : []),
];

/** A hang is rarer, since each costs its whole timeout. */
const WAYS = [
  "throw",
  "exit",
  "crash",
  "large",
  "throw",
  "exit",
  "crash",
  "large",
  "hang",
] as const;

const EXPECTED: Record<(typeof WAYS)[number], string | undefined> = {
  throw: undefined,
  exit: "Runtime.ExitError",
  crash: "Runtime.ExitError",
  hang: "Sandbox.Timedout",
  large: "Function.ResponseSizeTooLarge",
};

/** Every twentieth invocation ends badly, in one of the ways in turn. */
const wayOf = (number: number) =>
  number % 20 === 7 ? WAYS[((number - 7) / 20) % WAYS.length] : undefined;

test.each(LOADS)(
  "in $runtime a crash, an exit, a timeout and an oversized answer cost one invocation each and no other",
  {
    timeout: 60_000,
  },
  async ({ files, settings, count, thrown }) => {
    await using tank = await startLambdaTank({ needs: { maxEnvironmentsPerFunction: 8 } });
    await tank.create(files, { Timeout: 8, MemorySize: 1024, ...settings });
    const requestIds = new Set<string>();
    const answers = await Promise.all(
      Array.from({ length: count }, async (_, number) => {
        const way = wayOf(number);
        const answer = await tank.lambda.send(
          new InvokeCommand({
            FunctionName: "score",
            Payload: JSON.stringify({ number, way }),
            LogType: "Tail",
          }),
        );
        const payload = JSON.parse(Buffer.from(answer.Payload ?? []).toString());
        const log = Buffer.from(answer.LogResult ?? "", "base64").toString();
        const id = answer.$metadata.requestId ?? "";
        requestIds.add(id);
        return { number, way, payload, error: answer.FunctionError, log, id };
      }),
    );
    expect(requestIds.size).toBe(count);
    for (const { number, way, payload, error, log, id } of answers) {
      if (way === undefined) {
        expect({ payload, error }).toEqual({ payload: { number }, error: undefined });
      } else {
        expect({ way, error, type: payload.errorType }).toEqual({
          way,
          error: "Unhandled",
          type: EXPECTED[way] ?? thrown,
        });
      }
      for (const line of ["START", "END", "REPORT"]) {
        expect(log.split(`${line} RequestId: ${id}`)).toHaveLength(2);
      }
    }
    expect(tank.engine.concurrency.inFlight(tank.scope)).toBe(0);
  },
);

test("throttled calls under load are told so, and all others are answered", async () => {
  await using tank = await startLambdaTank({ needs: { concurrency: 50 } });
  await tank.create(HANDLER);
  await tank.invoke("score", { number: -1 });
  const settled = await Promise.allSettled(
    Array.from({ length: 300 }, (_, number) => tank.invoke("score", { number })),
  );
  for (const [number, result] of settled.entries()) {
    if (result.status === "fulfilled") expect(result.value.payload).toEqual({ number });
    else expect(result.reason).toMatchObject({ Reason: "ConcurrentInvocationLimitExceeded" });
  }
  expect(settled.some(({ status }) => status === "fulfilled")).toBe(true);
  expect((await tank.invoke("score", { number: 1 })).payload).toEqual({ number: 1 });
});

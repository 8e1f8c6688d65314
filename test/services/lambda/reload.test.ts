import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { until } from "../../support/tank.ts";
import { type LambdaTank, startLambdaTank } from "./support/lambda-tank.ts";
import { hasPython } from "./support/python.ts";

const answers = (tank: LambdaTank, expected: unknown) =>
  until(async () => (await tank.invoke("score")).payload === expected);

test("an invocation after a save runs the new code", async () => {
  await using tank = await startLambdaTank();
  const { folder } = await tank.create({
    "index.ts": 'import { value } from "./lib/value.ts"; export const handler = async () => value;',
    "lib/value.ts": "export const value = 1;",
  });
  expect((await tank.invoke("score")).payload).toBe(1);
  writeFileSync(join(folder, "lib/value.ts"), "export const value = 2;");
  await answers(tank, 2);
  writeFileSync(
    join(folder, "index.ts"),
    'import { value } from "./lib/value.ts"; export const handler = async () => value * 10;',
  );
  await answers(tank, 20);
});

test("an invocation under way ends with the code that it began with", async () => {
  await using tank = await startLambdaTank();
  const { folder } = await tank.create({
    "index.ts": `
      import { existsSync } from "node:fs";
      export const handler = async () => {
        console.log("waiting");
        while (!existsSync("gate")) await new Promise((resolve) => setTimeout(resolve, 5));
        return "old";
      };`,
  });
  const underWay = tank.invoke("score");
  await until(() => tank.logOf("score").some(({ message }) => message.includes("waiting")));
  writeFileSync(join(folder, "index.ts"), 'export const handler = async () => "new";');
  await answers(tank, "new");
  writeFileSync(join(folder, "gate"), "");
  expect((await underWay).payload).toBe("old");
});

test("a mistake is told by the next invocation, and passes when it is mended", async () => {
  await using tank = await startLambdaTank();
  const { folder } = await tank.create({ "index.ts": "export const handler = async () => 1;" });
  expect((await tank.invoke("score")).payload).toBe(1);
  writeFileSync(join(folder, "index.ts"), "export const handler = async () => ;");
  const { payload } = await until(async () => {
    const answer = await tank.invoke("score");
    return answer.error !== undefined && answer;
  });
  expect(payload).toMatchObject({
    errorType: "Runtime.UserCodeSyntaxError",
    errorMessage: 'SyntaxError: index.ts:1:36: Unexpected ";"',
  });
  writeFileSync(join(folder, "index.ts"), "export const handler = async () => 2;");
  await answers(tank, 2);
});

test("a save loads the code ahead of the next invocation, and tells mistakes in the log", async () => {
  const clock = new ManualClock();
  await using tank = await startLambdaTank({ clock });
  const { folder } = await tank.create({ "index.ts": "export const handler = async () => 1;" });
  await tank.invoke("score");
  writeFileSync(join(folder, "index.ts"), "export const handler = async () => ;");
  await until(async () => {
    await clock.advance(100);
    const log = tank.logOf("score");
    return log.some(({ message }) => message.includes("Runtime.UserCodeSyntaxError"));
  });
});

test.runIf(hasPython)("a Python file is loaded again after a save", async () => {
  await using tank = await startLambdaTank();
  const { folder } = await tank.create(
    {
      "index.py": "from lib.value import value\n\ndef handler(event, context):\n    return value\n",
      "lib/value.py": "value = 1\n",
    },
    { Runtime: "python3.13" },
  );
  expect((await tank.invoke("score")).payload).toBe(1);
  writeFileSync(join(folder, "lib/value.py"), "value = 2\n");
  await answers(tank, 2);
});

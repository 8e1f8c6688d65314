import { DeleteFunctionCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { isAlive } from "../../../emulator/core/is-alive.ts";
import { until } from "../../support/tank.ts";
import { type LambdaTank, startLambdaTank } from "./support/lambda-tank.ts";

const FILES = { "index.mjs": "export const handler = async () => process.pid;" };

const remove = (tank: LambdaTank, input: { FunctionName: string; Qualifier?: string }) =>
  tank.lambda.send(new DeleteFunctionCommand(input));

test("a deleted function is gone, and its processes with it", async () => {
  await using tank = await startLambdaTank();
  await tank.create(FILES);
  const { payload: pid } = await tank.invoke("score");
  expect((await remove(tank, { FunctionName: "score" })).$metadata.httpStatusCode).toBe(204);
  await expect(tank.invoke("score")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await until(() => !isAlive(pid));
});

test("$LATEST cannot be deleted on its own", async () => {
  await using tank = await startLambdaTank();
  await tank.create(FILES);
  const input = { FunctionName: "score", Qualifier: "$LATEST" };
  await expect(remove(tank, input)).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message: "$LATEST version cannot be deleted without deleting the function.",
  });
});

test("a function that is not there cannot be deleted", async () => {
  await using tank = await startLambdaTank();
  await expect(remove(tank, { FunctionName: "nope" })).rejects.toMatchObject({
    message: "Function not found: arn:aws:lambda:us-east-1:000000000000:function:nope",
  });
});

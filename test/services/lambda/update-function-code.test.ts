import { GetFunctionConfigurationCommand, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import { type LambdaTank, startLambdaTank, zipOf } from "./support/lambda-tank.ts";

const returning = (value: number) => ({
  "index.mjs": `export const handler = async () => ${value};`,
});

const update = (tank: LambdaTank, input: object) =>
  tank.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "score", ...input }));

describe("accepts", () => {
  test("a new zip, which the next invocation runs", async () => {
    await using tank = await startLambdaTank();
    await tank.create(returning(1), { deploy: "zip" });
    expect((await tank.invoke("score")).payload).toBe(1);
    const { LastUpdateStatus } = await update(tank, { ZipFile: zipOf(returning(2)) });
    expect(LastUpdateStatus).toBe("InProgress");
    await tank.settled("score");
    expect((await tank.invoke("score")).payload).toBe(2);
  });

  test("a folder in place of a zip", async () => {
    await using tank = await startLambdaTank();
    await tank.create(returning(1), { deploy: "zip" });
    await update(tank, { S3Bucket: "hot-reload", S3Key: tank.folder(returning(3)) });
    await tank.settled("score");
    expect((await tank.invoke("score")).payload).toBe(3);
  });

  test("a dry run, which changes nothing", async () => {
    await using tank = await startLambdaTank();
    await tank.create(returning(1), { deploy: "zip" });
    const get = new GetFunctionConfigurationCommand({ FunctionName: "score" });
    const before = await tank.lambda.send(get);
    const dry = await update(tank, { ZipFile: zipOf(returning(2)), DryRun: true });
    expect(dry.CodeSha256).not.toBe(before.CodeSha256);
    expect((await tank.lambda.send(get)).CodeSha256).toBe(before.CodeSha256);
  });
});

describe("rejects", () => {
  test.each([
    ["no code", {}, "Please provide a source for function code."],
    ["an image", { ImageUri: "x" }, "ImageUri is not emulated by Wavetank yet."],
  ])("%s", async (_what, input, message) => {
    await using tank = await startLambdaTank();
    await tank.create(returning(1), { deploy: "zip" });
    await expect(update(tank, input)).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message,
    });
  });
});

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import { type LambdaTank, startLambdaTank, zipOf } from "./support/lambda-tank.ts";

const FILES = { "index.mjs": "export const handler = async () => 1;" };
const ARN = "arn:aws:lambda:us-east-1:000000000000:function:score";

const get = (tank: LambdaTank, input: { FunctionName: string; Qualifier?: string }) =>
  tank.lambda.send(new GetFunctionCommand(input));

describe("accepts", () => {
  test.each([
    ["a name", "score"],
    ["a partial ARN", "000000000000:function:score"],
    ["an ARN", ARN],
    ["a name with its version", "score:$LATEST", `${ARN}:$LATEST`],
  ])("%s", async (_what, FunctionName, FunctionArn = ARN) => {
    await using tank = await startLambdaTank();
    await tank.create(FILES, { deploy: "zip" });
    const { Configuration } = await get(tank, { FunctionName });
    expect(Configuration).toMatchObject({
      FunctionName: "score",
      FunctionArn,
      State: "Active",
      LastUpdateStatus: "Successful",
    });
  });
});

describe("rejects", () => {
  test.each([
    [
      "a function that is not there",
      { FunctionName: "nope" },
      `Function not found: ${ARN.replace("score", "nope")}`,
    ],
    ["a version", { FunctionName: "score", Qualifier: "1" }, `Function not found: ${ARN}:1`],
    ["an alias", { FunctionName: "score:live" }, `Function not found: ${ARN}:live`],
    [
      "another region",
      { FunctionName: ARN.replace("us-east-1", "eu-west-1") },
      "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    ],
  ])("%s", async (_what, input, message) => {
    await using tank = await startLambdaTank();
    await tank.create(FILES, { deploy: "zip" });
    await expect(get(tank, input)).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message,
      $metadata: { httpStatusCode: 404 },
    });
  });

  test("a qualifier that contradicts the name", async () => {
    await using tank = await startLambdaTank();
    await tank.create(FILES, { deploy: "zip" });
    const input = { FunctionName: "score:live", Qualifier: "$LATEST" };
    await expect(get(tank, input)).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message:
        "The derived qualifier from the function name does not match the specified qualifier.",
    });
  });
});

describe("behaves", () => {
  test("a zip's size, hash and place are told", async () => {
    await using tank = await startLambdaTank();
    await tank.create(FILES, { deploy: "zip" });
    const { Configuration, Code } = await get(tank, { FunctionName: "score" });
    const zip = readFileSync(new URL(Code?.Location ?? ""));
    expect(zip.equals(zipOf(FILES))).toBe(true);
    expect(Configuration?.CodeSize).toBe(zip.length);
    expect(Configuration?.CodeSha256).toBe(createHash("sha256").update(zip).digest("base64"));
  });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  type PublishVersionCommandInput,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import { type LambdaTank, startLambdaTank, zipOf } from "./support/lambda-tank.ts";

const ARN = "arn:aws:lambda:us-east-1:000000000000:function:score";

const saying = (word: string) => ({
  "index.mjs": `export const handler = async (event, { functionVersion }) => ({ word: "${word}", mode: process.env.MODE, functionVersion });`,
});

const publish = (tank: LambdaTank, input: Partial<PublishVersionCommandInput> = {}) =>
  tank.lambda.send(new PublishVersionCommand({ FunctionName: "score", ...input }));

async function change(tank: LambdaTank, word: string): Promise<void> {
  const ZipFile = zipOf(saying(word));
  await tank.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "score", ZipFile }));
  await tank.settled("score");
}

describe("accepts", () => {
  test("a version is numbered from 1 and named by its number", async () => {
    await using tank = await startLambdaTank();
    await tank.create(saying("a"), { deploy: "zip" });
    expect(await publish(tank, { Description: "first" })).toMatchObject({
      Version: "1",
      FunctionArn: `${ARN}:1`,
      Description: "first",
      State: "Active",
      $metadata: { httpStatusCode: 201 },
    });
    await change(tank, "b");
    expect((await publish(tank)).Version).toBe("2");
  });

  test("nothing is published while $LATEST has not changed", async () => {
    await using tank = await startLambdaTank();
    await tank.create(saying("a"), { deploy: "zip" });
    await publish(tank);
    expect((await publish(tank)).Version).toBe("1");
  });

  test("Publish publishes what is created, and what is updated", async () => {
    await using tank = await startLambdaTank();
    await tank.create(saying("a"), { deploy: "zip", Publish: true });
    const updated = await tank.lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: "score",
        ZipFile: zipOf(saying("b")),
        Publish: true,
      }),
    );
    expect(updated).toMatchObject({ Version: "2", FunctionArn: `${ARN}:2` });
    expect((await tank.invoke("score:1")).payload.word).toBe("a");
    expect((await tank.invoke("score:2")).payload.word).toBe("b");
  });
});

describe("rejects", () => {
  test.each([
    [
      { CodeSha256: "other" },
      "InvalidParameterValueException",
      /^CodeSHA256 \(other\) is different from current CodeSHA256 in \$LATEST/,
    ],
    [{ RevisionId: "other" }, "PreconditionFailedException", /^The Revision Id provided/],
    [
      { FunctionName: "score:1" },
      "InvalidParameterValueException",
      /permitted on Lambda functions only/,
    ],
  ])("%o", async (input, name, message) => {
    await using tank = await startLambdaTank();
    await tank.create(saying("a"), { deploy: "zip", Publish: true });
    await expect(publish(tank, input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  test("a version that is not there is named in the error", async () => {
    await using tank = await startLambdaTank();
    await tank.create(saying("a"));
    await expect(tank.invoke("score", {}, { Qualifier: "7" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `Function not found: ${ARN}:7`,
    });
  });
});

describe("behaves", () => {
  test("a version keeps the code and the configuration of its time", async () => {
    await using tank = await startLambdaTank();
    await tank.create(saying("a"), { deploy: "zip", Environment: { Variables: { MODE: "x" } } });
    await publish(tank);
    await tank.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: "score",
        Environment: { Variables: { MODE: "y" } },
      }),
    );
    await tank.settled("score");
    await change(tank, "b");
    const { answer, payload, log } = await tank.invoke(
      "score",
      {},
      { Qualifier: "1", LogType: "Tail" },
    );
    expect(payload).toEqual({ word: "a", mode: "x", functionVersion: "1" });
    expect(answer.ExecutedVersion).toBe("1");
    expect(log).toMatch(/^START RequestId: \S+ Version: 1\n/);
    const latest = await tank.invoke("score");
    expect(latest.payload).toEqual({ word: "b", mode: "y", functionVersion: "$LATEST" });
  });

  test.each(["nodejs22.x", "python3.13"])(
    "a version of a local %s folder keeps what it was, while $LATEST reloads",
    async (runtime) => {
      await using tank = await startLambdaTank();
      const isPython = runtime.startsWith("python");
      const [file, source] = isPython
        ? ["index.py", (word: string) => `def handler(event, context): return "${word}"\n`]
        : ["index.mjs", (word: string) => `export const handler = async () => "${word}";\n`];
      const { folder } = await tank.create(
        { [file]: source("a") },
        { Runtime: runtime as "nodejs22.x" },
      );
      const { CodeSha256 } = await publish(tank);
      writeFileSync(join(folder, file), source("b"));
      const second = await publish(tank);
      expect(second.Version).toBe("2");
      expect(second.CodeSha256).not.toBe(CodeSha256);
      expect((await tank.invoke("score:1")).payload).toBe("a");
      expect((await tank.invoke("score:2")).payload).toBe("b");
    },
  );

  test("a local folder that did not change publishes nothing new", async () => {
    await using tank = await startLambdaTank();
    await tank.create(saying("a"));
    await publish(tank);
    expect((await publish(tank)).Version).toBe("1");
  });

  test("an unqualified name, $LATEST and a version are described by their own ARNs", async () => {
    await using tank = await startLambdaTank();
    await tank.create(saying("a"), { deploy: "zip", Publish: true });
    const arnOf = async (Qualifier?: string) =>
      (
        await tank.lambda.send(
          new GetFunctionConfigurationCommand({
            FunctionName: "score",
            ...(Qualifier && { Qualifier }),
          }),
        )
      ).FunctionArn;
    expect(await arnOf()).toBe(ARN);
    expect(await arnOf("$LATEST")).toBe(`${ARN}:$LATEST`);
    expect(await arnOf("1")).toBe(`${ARN}:1`);
    const { Configuration } = await tank.lambda.send(
      new GetFunctionCommand({ FunctionName: `${ARN}:1` }),
    );
    expect(Configuration).toMatchObject({ Version: "1", FunctionArn: `${ARN}:1` });
  });

  test("ListVersionsByFunction gives $LATEST and then the numbers, in pages", async () => {
    await using tank = await startLambdaTank();
    await tank.create(saying("a"), { deploy: "zip", Publish: true });
    await change(tank, "b");
    await publish(tank);
    const input = { FunctionName: "score", MaxItems: 2 };
    const first = await tank.lambda.send(new ListVersionsByFunctionCommand(input));
    expect(first.Versions?.map(({ Version }) => Version)).toEqual(["$LATEST", "1"]);
    const rest = await tank.lambda.send(
      new ListVersionsByFunctionCommand({ ...input, Marker: first.NextMarker }),
    );
    expect(rest.Versions?.map(({ FunctionArn }) => FunctionArn)).toEqual([`${ARN}:2`]);
    const all = await tank.lambda.send(new ListFunctionsCommand({ FunctionVersion: "ALL" }));
    expect(all.Functions?.map(({ Version }) => Version)).toEqual(["$LATEST", "1", "2"]);
  });

  test("a deleted version is gone, and its number is not given again", async () => {
    await using tank = await startLambdaTank();
    await tank.create(saying("a"), { deploy: "zip", Publish: true });
    await tank.invoke("score:1");
    await tank.lambda.send(new DeleteFunctionCommand({ FunctionName: "score", Qualifier: "1" }));
    await expect(tank.invoke("score:1")).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    expect((await publish(tank)).Version).toBe("2");
  });
});

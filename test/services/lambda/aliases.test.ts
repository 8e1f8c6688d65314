import {
  CreateAliasCommand,
  type CreateAliasCommandInput,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ListAliasesCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import { type LambdaTank, startLambdaTank, zipOf } from "./support/lambda-tank.ts";

const ARN = "arn:aws:lambda:us-east-1:000000000000:function:score";

const saying = (word: string) => ({
  "index.mjs": `export const handler = async (event, context) => ({ word: "${word}", arn: context.invokedFunctionArn });`,
});

/** A tank with versions 1 ("a") and 2 ("b"). */
async function startVersioned(): Promise<LambdaTank> {
  const tank = await startLambdaTank();
  await tank.create(saying("a"), { deploy: "zip", Publish: true });
  const ZipFile = zipOf(saying("b"));
  await tank.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "score", ZipFile }));
  await tank.settled("score");
  await tank.lambda.send(new PublishVersionCommand({ FunctionName: "score" }));
  return tank;
}

const create = (tank: LambdaTank, input: Partial<CreateAliasCommandInput> = {}) =>
  tank.lambda.send(
    new CreateAliasCommand({ FunctionName: "score", Name: "live", FunctionVersion: "1", ...input }),
  );

describe("accepts", () => {
  test("an alias stands for its version, and an update moves it", async () => {
    await using tank = await startVersioned();
    expect(await create(tank, { Description: "d" })).toMatchObject({
      AliasArn: `${ARN}:live`,
      Name: "live",
      FunctionVersion: "1",
      Description: "d",
      RevisionId: expect.any(String),
      $metadata: { httpStatusCode: 201 },
    });
    const first = await tank.invoke("score:live");
    expect(first.payload).toEqual({ word: "a", arn: `${ARN}:live` });
    expect(first.answer.ExecutedVersion).toBe("1");
    const input = { FunctionName: "score", Name: "live" };
    await tank.lambda.send(new UpdateAliasCommand({ ...input, FunctionVersion: "2" }));
    expect((await tank.invoke("score", {}, { Qualifier: "live" })).payload.word).toBe("b");
    expect(await tank.lambda.send(new GetAliasCommand(input))).toMatchObject({
      FunctionVersion: "2",
      Description: "d",
    });
    const configuration = await tank.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: "score", Qualifier: "live" }),
    );
    expect(configuration).toMatchObject({ FunctionArn: `${ARN}:live`, Version: "2" });
  });

  test("aliases are listed by name, by version, and in pages", async () => {
    await using tank = await startVersioned();
    await create(tank, { Name: "b" });
    await create(tank, { Name: "a", FunctionVersion: "2" });
    const names = async (input: object) => {
      const answer = await tank.lambda.send(
        new ListAliasesCommand({ FunctionName: "score", ...input }),
      );
      return { names: answer.Aliases?.map(({ Name }) => Name), next: answer.NextMarker };
    };
    expect((await names({})).names).toEqual(["a", "b"]);
    expect((await names({ FunctionVersion: "1" })).names).toEqual(["b"]);
    const first = await names({ MaxItems: 1 });
    expect((await names({ Marker: first.next })).names).toEqual(["b"]);
  });

  test("a deleted alias is gone, and deleting it again is no error", async () => {
    await using tank = await startVersioned();
    await create(tank);
    const input = { FunctionName: "score", Name: "live" };
    await tank.lambda.send(new DeleteAliasCommand(input));
    const again = await tank.lambda.send(new DeleteAliasCommand(input));
    expect(again.$metadata.httpStatusCode).toBe(204);
    await expect(tank.lambda.send(new GetAliasCommand(input))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `Cannot find alias arn: ${ARN}:live`,
    });
  });
});

describe("rejects", () => {
  test.each([
    [{ FunctionVersion: "9" }, `Function not found: ${ARN}:9`],
    [
      { RoutingConfig: { AdditionalVersionWeights: { "1": 0.5 } } },
      "Invalid function version 1. Function version 1 is already included in routing configuration.",
    ],
    [
      { RoutingConfig: { AdditionalVersionWeights: { "2": 0.5, "3": 0.1 } } },
      "Number of items in AdditionalVersionWeights cannot be greater than 1",
    ],
    [
      { FunctionVersion: "$LATEST", RoutingConfig: { AdditionalVersionWeights: { "2": 0.5 } } },
      "$LATEST is not supported for an alias pointing to more than 1 version",
    ],
    [{ Name: "12" }, expect.stringContaining("at 'name' failed to satisfy constraint")],
  ])("%o", async (input, message) => {
    await using tank = await startVersioned();
    await expect(create(tank, input)).rejects.toMatchObject({ message });
  });

  test("a second alias of the name", async () => {
    await using tank = await startVersioned();
    await create(tank);
    await expect(create(tank)).rejects.toMatchObject({
      name: "ResourceConflictException",
      message: `Alias already exists: ${ARN}:live`,
    });
  });

  test("an update whose revision is an earlier one", async () => {
    await using tank = await startVersioned();
    const { RevisionId } = await create(tank);
    const input = { FunctionName: "score", Name: "live", RevisionId };
    await tank.lambda.send(new UpdateAliasCommand({ ...input, Description: "new" }));
    await expect(tank.lambda.send(new UpdateAliasCommand(input))).rejects.toMatchObject({
      name: "PreconditionFailedException",
    });
  });

  test("deleting a version that an alias stands for", async () => {
    await using tank = await startVersioned();
    await create(tank);
    const input = { FunctionName: "score", Qualifier: "1" };
    await expect(tank.lambda.send(new DeleteFunctionCommand(input))).rejects.toMatchObject({
      name: "ResourceConflictException",
    });
  });
});

test("a weighted alias runs both of its versions, about as often as the weight says", async () => {
  await using tank = await startVersioned();
  await create(tank, { RoutingConfig: { AdditionalVersionWeights: { "2": 0.5 } } });
  const answers = await Promise.all(Array.from({ length: 200 }, () => tank.invoke("score:live")));
  const second = answers.filter(({ payload }) => payload.word === "b");
  // Ten standard deviations either way.
  expect(second.length).toBeGreaterThan(29);
  expect(second.length).toBeLessThan(171);
  for (const { answer } of second) expect(answer.ExecutedVersion).toBe("2");
});

test("a weight of 1 sends all to the other version, and an empty routing none", async () => {
  await using tank = await startVersioned();
  await create(tank, { RoutingConfig: { AdditionalVersionWeights: { "2": 1 } } });
  expect((await tank.invoke("score:live")).payload.word).toBe("b");
  const input = { FunctionName: "score", Name: "live", RoutingConfig: {} };
  await tank.lambda.send(
    new UpdateAliasCommand({ ...input, RoutingConfig: { AdditionalVersionWeights: {} } }),
  );
  expect((await tank.invoke("score:live")).payload.word).toBe("a");
});

import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  GetPolicyCommand,
  ListTagsCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { type LambdaTank, startLambdaTank } from "./support/lambda-tank.ts";

const ARN = "arn:aws:lambda:us-east-1:000000000000:function:score";
const FILES = { "index.mjs": "export const handler = async () => 1;" };

const allow = (tank: LambdaTank, input: Partial<AddPermissionCommandInput> = {}) =>
  tank.lambda.send(
    new AddPermissionCommand({
      FunctionName: "score",
      StatementId: "s3",
      Action: "lambda:InvokeFunction",
      Principal: "s3.amazonaws.com",
      ...input,
    }),
  );

test("tags come with the function, are added and taken away", async () => {
  await using tank = await startLambdaTank();
  await tank.create(FILES, { Tags: { a: "1" } });
  const tags = async () => (await tank.lambda.send(new ListTagsCommand({ Resource: ARN }))).Tags;
  await tank.lambda.send(new TagResourceCommand({ Resource: ARN, Tags: { b: "2", c: "3" } }));
  expect(await tags()).toEqual({ a: "1", b: "2", c: "3" });
  await tank.lambda.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ["a", "c"] }));
  expect(await tags()).toEqual({ b: "2" });
});

test("more than fifty tags are refused, and tags of a version", async () => {
  await using tank = await startLambdaTank();
  await tank.create(FILES, { deploy: "zip", Publish: true });
  const Tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ""]));
  await expect(
    tank.lambda.send(new TagResourceCommand({ Resource: ARN, Tags })),
  ).rejects.toMatchObject({ message: "Number of tags exceeds resource tag limit." });
  await expect(
    tank.lambda.send(new ListTagsCommand({ Resource: `${ARN}:1` })),
  ).rejects.toMatchObject({ message: expect.stringContaining("are not supported") });
});

test("a permission is a statement of the function's policy", async () => {
  await using tank = await startLambdaTank();
  await tank.create(FILES);
  const SourceArn = "arn:aws:s3:::rides";
  const { Statement } = await allow(tank, { SourceArn, SourceAccount: "000000000000" });
  const expected = {
    Sid: "s3",
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: ARN,
    Condition: {
      StringEquals: { "AWS:SourceAccount": "000000000000" },
      ArnLike: { "AWS:SourceArn": SourceArn },
    },
  };
  expect(JSON.parse(Statement ?? "")).toEqual(expected);
  const { Policy } = await tank.lambda.send(new GetPolicyCommand({ FunctionName: "score" }));
  expect(JSON.parse(Policy ?? "")).toEqual({
    Version: "2012-10-17",
    Id: "default",
    Statement: [expected],
  });
  await expect(allow(tank)).rejects.toMatchObject({ name: "ResourceConflictException" });
  const input = { FunctionName: "score", StatementId: "s3" };
  await tank.lambda.send(new RemovePermissionCommand(input));
  await expect(
    tank.lambda.send(new GetPolicyCommand({ FunctionName: "score" })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

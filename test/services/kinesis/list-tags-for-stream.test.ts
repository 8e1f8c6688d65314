import { CreateStreamCommand, ListTagsForStreamCommand } from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { kinesisTank } from "./streams.ts";

async function tagged() {
  const tank = await kinesisTank();
  const Tags = { team: "rides", env: "test", cost: "low" };
  await tank.kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1, Tags }));
  const list = (input: object = {}) =>
    tank.kinesis.send(new ListTagsForStreamCommand({ StreamName: "rides", ...input }));
  return { list, [Symbol.asyncDispose]: () => tank[Symbol.asyncDispose]() };
}

test("tags given at creation are listed by key", async () => {
  await using under = await tagged();
  expect(await under.list()).toMatchObject({
    Tags: [
      { Key: "cost", Value: "low" },
      { Key: "env", Value: "test" },
      { Key: "team", Value: "rides" },
    ],
    HasMoreTags: false,
  });
});

test("pages go on after the last key", async () => {
  await using under = await tagged();
  const first = await under.list({ Limit: 2 });
  expect(first.HasMoreTags).toBe(true);
  const rest = await under.list({ ExclusiveStartTagKey: first.Tags?.at(-1)?.Key });
  expect(rest.Tags).toEqual([{ Key: "team", Value: "rides" }]);
});

test("more than 50 tags a page are refused", async () => {
  await using under = await tagged();
  await expect(under.list({ Limit: 51 })).rejects.toMatchObject({ name: "ValidationException" });
});

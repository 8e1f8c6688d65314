import { AddTagsCommand, DeleteTagsCommand, ListTagsCommand } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { faultOf, startHosting } from "./hosting-tank.ts";

const ResourceArn = "arn:aws:sagemaker:us-east-1:000000000000:model/model";

test("AddTags adds to and replaces what ListTags shows, and DeleteTags takes away", async () => {
  await using tank = await startHosting();
  await tank.addModel("model");
  const list = async () => (await tank.client.send(new ListTagsCommand({ ResourceArn }))).Tags;
  const add = (Key: string, Value: string) =>
    tank.client.send(new AddTagsCommand({ ResourceArn, Tags: [{ Key, Value }] }));
  expect(await list()).toEqual([]);
  await add("team", "rides");
  await add("stage", "test");
  await add("team", "fares");
  expect(await list()).toEqual([
    { Key: "team", Value: "fares" },
    { Key: "stage", Value: "test" },
  ]);
  await tank.client.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ["team", "none"] }));
  expect(await list()).toEqual([{ Key: "stage", Value: "test" }]);
});

test("tags of what is not there are ResourceNotFound", async () => {
  await using tank = await startHosting();
  expect(await faultOf(tank.client.send(new ListTagsCommand({ ResourceArn })))).toBe(
    `ResourceNotFound: Could not find the resource "${ResourceArn}".`,
  );
});

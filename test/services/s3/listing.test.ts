import {
  CreateBucketCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { startTank } from "../../support/tank.ts";

async function withKeys(...keys: string[]) {
  const tank = await startTank();
  const s3 = tank.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "data" }));
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: "data", Key, Body: Key }));
  return { tank, s3, [Symbol.asyncDispose]: () => tank.stop() };
}

test("keys come in the order of their UTF-8 bytes", async () => {
  await using under = await withKeys("test_2", "test_10", "é", "a", "😀", "｡");
  const { Contents } = await under.s3.send(new ListObjectsV2Command({ Bucket: "data" }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(["a", "test_10", "test_2", "é", "｡", "😀"]);
});

test("a delimiter rolls keys up into common prefixes, which count as keys do", async () => {
  await using under = await withKeys("a/1", "a/2", "b", "c/1", "c/d/2");
  const list = (input: object) =>
    under.s3.send(new ListObjectsV2Command({ Bucket: "data", Delimiter: "/", ...input }));
  const all = await list({});
  expect(all.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(["a/", "c/"]);
  expect(all.Contents?.map(({ Key }) => Key)).toEqual(["b"]);
  expect(all.KeyCount).toBe(3);
  const below = await list({ Prefix: "c/" });
  expect(below.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(["c/d/"]);
  const first = await list({ MaxKeys: 1 });
  expect(first).toMatchObject({ IsTruncated: true, KeyCount: 1 });
  const second = await list({ MaxKeys: 1, ContinuationToken: first.NextContinuationToken });
  expect(second.Contents?.map(({ Key }) => Key)).toEqual(["b"]);
});

test("pages go on where the one before ended", async () => {
  const keys = Array.from({ length: 7 }, (_, index) => `key-${index}`);
  await using under = await withKeys(...keys);
  const found: (string | undefined)[] = [];
  const pages = paginateListObjectsV2({ client: under.s3, pageSize: 3 }, { Bucket: "data" });
  for await (const { Contents = [] } of pages) found.push(...Contents.map(({ Key }) => Key));
  expect(found).toEqual(keys);
});

test("a token that is none is refused", async () => {
  await using under = await withKeys();
  const input = { Bucket: "data", ContinuationToken: "no token" };
  await expect(under.s3.send(new ListObjectsV2Command(input))).rejects.toMatchObject({
    name: "InvalidArgument",
    message: "The continuation token provided is incorrect",
  });
});

test("the older listing goes on after its marker", async () => {
  await using under = await withKeys("a", "b", "c");
  const input = { Bucket: "data", Marker: "a", MaxKeys: 1 };
  const { Contents, IsTruncated } = await under.s3.send(new ListObjectsCommand(input));
  expect(Contents?.map(({ Key }) => Key)).toEqual(["b"]);
  expect(IsTruncated).toBe(true);
});

test("encoding-type=url percent-encodes keys", async () => {
  await using under = await withKeys("a b+c");
  const response = await fetch(`${under.tank.url}/data?list-type=2&encoding-type=url`);
  expect(await response.text()).toContain("<Key>a%20b%2Bc</Key>");
});

import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { startTank } from "../../support/tank.ts";

async function withBucket() {
  const tank = await startTank();
  const s3 = tank.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "models" }));
  return { tank, s3, [Symbol.asyncDispose]: () => tank.stop() };
}

describe("accepts", () => {
  const text = "wave ".repeat(2_000);
  const bodies: [string, () => PutObjectCommandInput["Body"]][] = [
    ["a string", () => text],
    ["a buffer", () => Buffer.from(text)],
    [
      "a stream, in aws-chunked framing with a trailing checksum",
      () => Readable.from([text.slice(0, 3), text.slice(3)]),
    ],
  ];

  test.each(bodies)("%s, and gives it back byte for byte", async (_name, body) => {
    await using under = await withBucket();
    const place = { Bucket: "models", Key: "folder/a b+c.txt" };
    await under.s3.send(
      new PutObjectCommand({
        ...place,
        Body: body(),
        ContentLength: text.length,
        ContentType: "text/plain",
        Metadata: { run: "123" },
      }),
    );
    const got = await under.s3.send(new GetObjectCommand(place));
    expect(await got.Body?.transformToString()).toBe(text);
    expect(got).toMatchObject({
      ContentType: "text/plain",
      ContentLength: text.length,
      Metadata: { run: "123" },
      ServerSideEncryption: "AES256",
      ChecksumType: "FULL_OBJECT",
    });
    expect(got.ContentEncoding).toBeUndefined();
  });

  test("an empty object", async () => {
    await using under = await withBucket();
    await under.s3.send(new PutObjectCommand({ Bucket: "models", Key: "empty" }));
    const { Body, ETag } = await under.s3.send(
      new GetObjectCommand({ Bucket: "models", Key: "empty" }),
    );
    expect(await Body?.transformToString()).toBe("");
    expect(ETag).toBe('"d41d8cd98f00b204e9800998ecf8427e"');
  });
});

describe("rejects", () => {
  test("what is not there, by AWS's names", async () => {
    await using under = await withBucket();
    const missing = { Bucket: "models", Key: "none" };
    await expect(under.s3.send(new GetObjectCommand(missing))).rejects.toMatchObject({
      name: "NoSuchKey",
      message: "The specified key does not exist.",
      $metadata: { httpStatusCode: 404 },
    });
    await expect(under.s3.send(new HeadObjectCommand(missing))).rejects.toMatchObject({
      name: "NotFound",
    });
    await expect(
      under.s3.send(new PutObjectCommand({ Bucket: "nowhere", Key: "a", Body: "" })),
    ).rejects.toMatchObject({ name: "NoSuchBucket" });
  });

  test("a body that is not what its checksum says", async () => {
    await using under = await withBucket();
    const wrong = { Bucket: "models", Key: "a", Body: "hello", ChecksumCRC32: "AAAAAA==" };
    await expect(under.s3.send(new PutObjectCommand(wrong))).rejects.toMatchObject({
      name: "BadDigest",
      message: "The CRC32 you specified did not match the calculated checksum.",
    });
    const digest = {
      Bucket: "models",
      Key: "a",
      Body: "hello",
      ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==",
    };
    await expect(under.s3.send(new PutObjectCommand(digest))).rejects.toMatchObject({
      name: "BadDigest",
    });
  });

  test("a write whose condition does not hold", async () => {
    await using under = await withBucket();
    const put = { Bucket: "models", Key: "a", Body: "1" };
    await under.s3.send(new PutObjectCommand({ ...put, IfNoneMatch: "*" }));
    await expect(
      under.s3.send(new PutObjectCommand({ ...put, IfNoneMatch: "*" })),
    ).rejects.toMatchObject({ name: "PreconditionFailed", $metadata: { httpStatusCode: 412 } });
  });

  test("an operation that is not emulated, by name", async () => {
    await using under = await withBucket();
    const response = await fetch(`${under.tank.url}/models?versioning`);
    expect(response.status).toBe(501);
    expect(await response.text()).toContain("GetBucketVersioning is not emulated by Wavetank");
  });

  test("bucket names that AWS refuses", async () => {
    await using under = await withBucket();
    const response = await fetch(`${under.tank.url}/Upper_Case`, { method: "PUT" });
    expect(await response.text()).toContain("<Code>InvalidBucketName</Code>");
  });
});

describe("reads", () => {
  test.each([
    ["bytes=0-3", "0123", "bytes 0-3/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-2", "89", "bytes 8-9/10"],
    ["bytes=8-99", "89", "bytes 8-9/10"],
  ])("the range %s", async (Range, text, ContentRange) => {
    await using under = await withBucket();
    const place = { Bucket: "models", Key: "digits" };
    await under.s3.send(new PutObjectCommand({ ...place, Body: "0123456789" }));
    const got = await under.s3.send(new GetObjectCommand({ ...place, Range }));
    expect(await got.Body?.transformToString()).toBe(text);
    expect(got).toMatchObject({ ContentRange, $metadata: { httpStatusCode: 206 } });
  });

  test("no range that lies outside", async () => {
    await using under = await withBucket();
    const place = { Bucket: "models", Key: "digits" };
    await under.s3.send(new PutObjectCommand({ ...place, Body: "0123456789" }));
    await expect(
      under.s3.send(new GetObjectCommand({ ...place, Range: "bytes=10-" })),
    ).rejects.toMatchObject({ name: "InvalidRange", $metadata: { httpStatusCode: 416 } });
  });

  test("nothing that the caller has already", async () => {
    await using under = await withBucket();
    const place = { Bucket: "models", Key: "a" };
    const { ETag } = await under.s3.send(new PutObjectCommand({ ...place, Body: "1" }));
    await expect(
      under.s3.send(new GetObjectCommand({ ...place, IfNoneMatch: ETag })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });

  test("size, type and ETag by HeadObject", async () => {
    await using under = await withBucket();
    const place = { Bucket: "models", Key: "a" };
    const put = await under.s3.send(new PutObjectCommand({ ...place, Body: "hello" }));
    const head = await under.s3.send(new HeadObjectCommand(place));
    expect(head).toMatchObject({ ContentLength: 5, ETag: put.ETag, AcceptRanges: "bytes" });
  });
});

test("a copy has the source's bytes and metadata, or those it is given", async () => {
  await using under = await withBucket();
  const put = { Bucket: "models", Key: "a b", Body: "hello", Metadata: { run: "1" } };
  await under.s3.send(new PutObjectCommand(put));
  const copy = { Bucket: "models", Key: "copy", CopySource: "models/a%20b" };
  await under.s3.send(new CopyObjectCommand(copy));
  const got = await under.s3.send(new GetObjectCommand({ Bucket: "models", Key: "copy" }));
  expect(await got.Body?.transformToString()).toBe("hello");
  expect(got.Metadata).toEqual({ run: "1" });
  const replaced = { ...copy, MetadataDirective: "REPLACE", Metadata: { run: "2" } } as const;
  await under.s3.send(new CopyObjectCommand(replaced));
  const head = await under.s3.send(new HeadObjectCommand({ Bucket: "models", Key: "copy" }));
  expect(head.Metadata).toEqual({ run: "2" });
});

test("deleting succeeds whether a key is there or not", async () => {
  await using under = await withBucket();
  const { s3 } = under;
  for (const Key of ["a", "b"])
    await s3.send(new PutObjectCommand({ Bucket: "models", Key, Body: "1" }));
  await s3.send(new DeleteObjectCommand({ Bucket: "models", Key: "none" }));
  await expect(s3.send(new DeleteBucketCommand({ Bucket: "models" }))).rejects.toMatchObject({
    name: "BucketNotEmpty",
  });
  const Objects = ["a", "b", "none"].map((Key) => ({ Key }));
  const { Deleted } = await s3.send(
    new DeleteObjectsCommand({ Bucket: "models", Delete: { Objects } }),
  );
  expect(Deleted?.map(({ Key }) => Key)).toEqual(["a", "b", "none"]);
  await s3.send(new DeleteBucketCommand({ Bucket: "models" }));
  await expect(s3.send(new HeadBucketCommand({ Bucket: "models" }))).rejects.toMatchObject({
    name: "NotFound",
  });
});

test("buckets are listed with their region", async () => {
  await using under = await withBucket();
  const paris = under.tank.client(S3Client, { region: "eu-west-3" });
  await paris.send(new CreateBucketCommand({ Bucket: "paris" }));
  const { Buckets } = await under.s3.send(new ListBucketsCommand({}));
  expect(Buckets?.map(({ Name }) => Name)).toEqual(["models", "paris"]);
  const { LocationConstraint } = await under.s3.send(
    new GetBucketLocationCommand({ Bucket: "paris" }),
  );
  expect(LocationConstraint).toBe("eu-west-3");
  const { BucketRegion } = await under.s3.send(new HeadBucketCommand({ Bucket: "models" }));
  expect(BucketRegion).toBe("us-east-1");
});

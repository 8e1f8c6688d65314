import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  PutRecordCommand,
} from "@aws-sdk/client-kinesis";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { startTank, until } from "../support/tank.ts";
import { tankBefore } from "./support.ts";

test("requests for a service that stands elsewhere are passed on, answers and errors come back as they are", async () => {
  await using under = await tankBefore({ kinesis: "localstack" });
  const kinesis = under.tank.client(KinesisClient);
  await kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 2 }));
  const behind = under.behind.client(KinesisClient);
  const summary = new DescribeStreamSummaryCommand({ StreamName: "rides" });
  const { StreamDescriptionSummary } = await behind.send(summary);
  expect(StreamDescriptionSummary?.OpenShardCount).toBe(2);
  expect((await kinesis.send(summary)).StreamDescriptionSummary).toMatchObject({
    StreamName: "rides",
    StreamARN: StreamDescriptionSummary?.StreamARN,
  });
  const missing = new DescribeStreamSummaryCommand({ StreamName: "nowhere" });
  await expect(kinesis.send(missing)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Stream nowhere under account 000000000000 not found.",
  });
});

test("over HTTP/1.1 and HTTP/2 alike", async () => {
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  await using under = await tankBefore({ kinesis: "localstack" });
  const options = { requestHandler: new NodeHttpHandler() } as object;
  const kinesis = under.tank.client(KinesisClient, options);
  const put = { StreamName: "nowhere", PartitionKey: "1", Data: Buffer.from("x") };
  await expect(kinesis.send(new PutRecordCommand(put))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("objects pass through byte for byte, with odd keys and queries", async () => {
  await using under = await tankBefore({ s3: "localstack" });
  const s3 = under.tank.client(S3Client, { forcePathStyle: true } as object);
  await s3.send(new CreateBucketCommand({ Bucket: "models" }));
  const body = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
  const Key = "a b/ü+%/c";
  await s3.send(new PutObjectCommand({ Bucket: "models", Key, Body: body }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "models", Key }));
  expect(Buffer.compare(Buffer.from((await Body?.transformToByteArray()) ?? []), body)).toBe(0);
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: "models", Prefix: "a b/ü+" }));
  expect(listed.Contents?.map((object) => object.Key)).toEqual([Key]);
  const behind = under.behind.client(S3Client, { forcePathStyle: true } as object);
  expect((await behind.send(new ListObjectsV2Command({ Bucket: "models" }))).KeyCount).toBe(1);
});

test("what the tank does not know goes to LocalStack, too", async () => {
  await using under = await tankBefore({ kinesis: "localstack" });
  const answer = await fetch(under.tank.url, {
    method: "POST",
    headers: { "x-amz-target": "secretsmanager.ListSecrets" },
    body: "{}",
  });
  // The other tank has none either; the error is its own.
  const seen = under.behind.events;
  expect(await answer.json()).toMatchObject({
    message: "Unknown operation: secretsmanager.ListSecrets",
  });
  expect(seen.observed).toBe(false);
});

test("health says what stands where", async () => {
  await using under = await tankBefore({ kinesis: "localstack" });
  under.tank.markReady();
  const health = await fetch(`${under.tank.url}/_wavetank/health`);
  expect(await health.json()).toMatchObject({
    services: { kinesis: "localstack", lambda: "running" },
  });
});

test("a LocalStack that dies is a 503 that names it, and one that comes back serves again", async () => {
  await using under = await tankBefore({ kinesis: "localstack" });
  const kinesis = under.tank.client(KinesisClient);
  const list = () =>
    kinesis.send(new CreateStreamCommand({ StreamName: "rides" })).then(
      () => "created",
      (error: { name: string; message: string; $metadata: { httpStatusCode?: number } }) => error,
    );
  const { port, url } = under.behind;
  await under.behind.stop();
  expect(await list()).toMatchObject({
    name: "ServiceUnavailable",
    message: expect.stringContaining(`LocalStack does not answer at ${url}.`),
    $metadata: { httpStatusCode: 503 },
  });
  await using _back = await startTank({ port });
  expect(await until(list)).toBe("created");
});

test("a tank cannot stand behind itself", async () => {
  await using behind = await startTank();
  const { port } = behind;
  await behind.stop();
  const localstackUrl = `http://localhost:${port}`;
  const starting = startTank({ port, backends: { backends: { s3: "localstack" }, localstackUrl } });
  await expect(starting).rejects.toMatchObject({
    code: "ERR_BACKEND",
    message: expect.stringContaining("The tank itself listens"),
  });
});

import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { kinesisTank } from "./streams.ts";

const credentials = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: "any" });

test("streams of one name in two regions are two streams", async () => {
  await using tank = await kinesisTank();
  const dublin = tank.tank.client(KinesisClient, { region: "eu-west-1" });
  await tank.create("rides", { ShardCount: 1 });
  await dublin.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 2 }));
  await tank.settle();
  await tank.put("rides", "virginia");
  const { StreamDescriptionSummary: summary } = await dublin.send(
    new DescribeStreamSummaryCommand({ StreamName: "rides" }),
  );
  expect(summary).toMatchObject({
    OpenShardCount: 2,
    StreamARN: "arn:aws:kinesis:eu-west-1:000000000000:stream/rides",
  });
  expect(await tank.texts("rides")).toEqual(["virginia"]);
});

test("an access key of twelve digits is an account of its own", async () => {
  await using tank = await kinesisTank();
  const other = tank.tank.client(KinesisClient, { credentials: credentials("123456789012") });
  await tank.create("rides");
  expect((await other.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
  const missing = await other
    .send(new DescribeStreamSummaryCommand({ StreamName: "rides" }))
    .catch((thrown: unknown) => thrown);
  expect(missing).toBeInstanceOf(ResourceNotFoundException);
  expect(missing).toMatchObject({ message: "Stream rides under account 123456789012 not found." });
  await other.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 }));
  await tank.settle();
  const { StreamDescriptionSummary: summary } = await other.send(
    new DescribeStreamSummaryCommand({ StreamName: "rides" }),
  );
  expect(summary?.StreamARN).toBe("arn:aws:kinesis:us-east-1:123456789012:stream/rides");
});

test("all other access keys share one account", async () => {
  await using tank = await kinesisTank();
  const other = tank.tank.client(KinesisClient, {
    credentials: credentials("AKIAIOSFODNN7EXAMPLE"),
  });
  await tank.create("rides");
  expect((await other.send(new ListStreamsCommand({}))).StreamNames).toEqual(["rides"]);
});

test("an ARN reaches the stream of another region or account: nobody is refused", async () => {
  await using tank = await kinesisTank();
  const other = tank.tank.client(KinesisClient, {
    region: "eu-west-1",
    credentials: credentials("123456789012"),
  });
  await tank.create("rides");
  await other.send(
    new PutRecordCommand({
      StreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/rides",
      Data: Buffer.from("from afar"),
      PartitionKey: "k",
    }),
  );
  expect(await tank.texts("rides")).toEqual(["from afar"]);
});

test("accounts have their shard quotas apart", async () => {
  await using tank = await kinesisTank();
  const other = tank.tank.client(KinesisClient, { credentials: credentials("123456789012") });
  await tank.create("rides", { ShardCount: 2 });
  await other.send(new CreateStreamCommand({ StreamName: "a", ShardCount: 20_000 }));
  await expect(
    tank.kinesis.send(new CreateStreamCommand({ StreamName: "b", ShardCount: 19_999 })),
  ).rejects.toMatchObject({ name: "LimitExceededException" });
});

import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { startTank, until } from "../../support/tank.ts";

test("a record that was put is read back", async () => {
  await using tank = await startTank();
  const kinesis = tank.client(KinesisClient);
  await kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 }));
  await until(async () => {
    const { StreamDescriptionSummary: s } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: "rides" }),
    );
    return s?.StreamStatus === "ACTIVE";
  });
  const put = await kinesis.send(
    new PutRecordCommand({ StreamName: "rides", PartitionKey: "1", Data: Buffer.from("hello") }),
  );
  await kinesis.send(
    new PutRecordsCommand({
      StreamName: "rides",
      Records: [{ PartitionKey: "2", Data: Buffer.from("x") }],
    }),
  );
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: "rides",
      ShardId: "0",
      ShardIteratorType: "TRIM_HORIZON",
    }),
  );
  const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  expect(
    Records?.map(({ SequenceNumber, Data }) => [
      SequenceNumber?.length,
      Buffer.from(Data ?? []).toString(),
    ]),
  ).toEqual([
    [56, "hello"],
    [56, "x"],
  ]);
  expect(Records?.[0]?.SequenceNumber).toBe(put.SequenceNumber);
  await expect(
    kinesis.send(
      new PutRecordCommand({ StreamName: "nope", PartitionKey: "1", Data: Buffer.from("hello") }),
    ),
  ).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Stream nope under account 000000000000 not found.",
  });
});

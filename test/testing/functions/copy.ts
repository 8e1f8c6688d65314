import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import type { KinesisStreamEvent } from "aws-lambda";

const kinesis = new KinesisClient({});

/** Puts each record on the stream `out`; throws on one that asks for it. */
export async function handler({ Records }: KinesisStreamEvent): Promise<void> {
  for (const { kinesis: record } of Records) {
    const Data = Buffer.from(record.data, "base64");
    if (Data.toString().includes('"fail":true')) throw new RangeError("asked to fail");
    const PartitionKey = record.partitionKey;
    await kinesis.send(new PutRecordCommand({ StreamName: "out", Data, PartitionKey }));
  }
}

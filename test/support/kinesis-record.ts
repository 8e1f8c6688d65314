import type { KinesisStreamRecord } from "aws-lambda";

/** A record of JSON as Lambda hands it over. */
export function kinesisRecord(sequence: number, data: unknown): KinesisStreamRecord {
  return bytesRecord(sequence, JSON.stringify(data));
}

/** A record of anything as Lambda hands it over. */
export function bytesRecord(sequence: number, data: string | Buffer): KinesisStreamRecord {
  return {
    awsRegion: "us-east-1",
    eventID: `shardId-000000000000:${sequence}`,
    eventName: "aws:kinesis:record",
    eventSource: "aws:kinesis",
    eventSourceARN: "arn:aws:kinesis:us-east-1:000000000000:stream/events",
    eventVersion: "1.0",
    invokeIdentityArn: "arn:aws:iam::000000000000:role/consumer",
    kinesis: {
      approximateArrivalTimestamp: 0,
      data: Buffer.from(data).toString("base64"),
      kinesisSchemaVersion: "1.0",
      partitionKey: "1",
      sequenceNumber: String(sequence),
    },
  };
}

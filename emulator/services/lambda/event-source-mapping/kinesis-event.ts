import { parseArn } from "../../../core/arn.ts";
import type { StreamRecord } from "./record-source.ts";
import { type WindowCall, windowMembers } from "./tumbling-window.ts";

/**
 * The event a function gets for records of a Kinesis stream.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export interface EventSource {
  readonly streamArn: string;
  readonly shardId: string;
  readonly roleArn: string;
}

/** Composes the event as JSON text; the records' data is in base64 already. */
export function kinesisEvent(
  records: readonly StreamRecord[],
  source: EventSource,
  window?: WindowCall,
): string {
  const tail = eventTail(source);
  const items = records.map((record) => `${eventHead(record, source)}${tail}`);
  const rest = window ? `,${JSON.stringify(windowMembers(window, source)).slice(1)}` : "}";
  return `{"Records":[${items.join(",")}]${rest}`;
}

/** Characters that a record adds to the event, for the 6 MB limit. */
export function eventSize({ data, partitionKey }: StreamRecord): number {
  return data.length + partitionKey.length + RECORD_OVERHEAD;
}

/** What is around the data of one record: 420 characters with usual names, and room for long ones. */
const RECORD_OVERHEAD = 800;

function eventHead(record: StreamRecord, { shardId }: EventSource): string {
  const { partitionKey, sequenceNumber, data, arrivedAt } = record;
  return `{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":${JSON.stringify(partitionKey)},"sequenceNumber":"${sequenceNumber}","data":"${data}","approximateArrivalTimestamp":${arrivedAt / 1000}},"eventID":"${shardId}:${sequenceNumber}",`;
}

function eventTail({ streamArn, roleArn }: EventSource): string {
  const constant = {
    eventSource: "aws:kinesis",
    eventVersion: "1.0",
    eventName: "aws:kinesis:record",
    invokeIdentityArn: roleArn,
    awsRegion: parseArn(streamArn)?.region,
    eventSourceARN: streamArn,
  };
  return JSON.stringify(constant).slice(1);
}

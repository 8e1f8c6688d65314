import { randomUUID } from "node:crypto";
import { datedKey } from "../dated-key.ts";
import type { FunctionAnswer, StreamRecord } from "./record-source.ts";

/** A batch that was given up, and why. */
export interface GivenUp {
  readonly condition: "RetryAttemptsExhausted" | "RecordAgeExceeded";
  readonly records: readonly StreamRecord[];
  readonly invokeCount: number;
  /** The last answer; none when the function did not run any more. */
  readonly answer: FunctionAnswer | undefined;
}

export interface FailureContext {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  /** Epoch ms. */
  readonly at: number;
}

/**
 * What an on-failure destination is told of a batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function failureRecord(givenUp: GivenUp, context: FailureContext): object {
  const { condition, records, invokeCount, answer } = givenUp;
  const { functionArn, streamArn, shardId, at } = context;
  const first = records[0];
  const last = records.at(-1);
  return {
    requestContext: {
      requestId: answer?.requestId ?? randomUUID(),
      functionArn: functionArn.replace(/:\$LATEST$/, ""),
      condition,
      approximateInvokeCount: Math.max(1, invokeCount),
    },
    ...(answer &&
      condition === "RetryAttemptsExhausted" && {
        responseContext: {
          statusCode: answer.statusCode,
          executedVersion: answer.executedVersion ?? "$LATEST",
          functionError: answer.functionError ?? null,
        },
      }),
    version: "1.0",
    timestamp: new Date(at).toISOString(),
    KinesisBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: iso(first),
      approximateArrivalOfLastRecord: iso(last),
      batchSize: records.length,
      streamArn,
    },
  };
}

/** Where an S3 destination keeps a record: aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<id>. */
export function failureKey(options: {
  mappingId: string;
  shardId: string;
  at: number;
  id: string;
}): string {
  const { mappingId, shardId, at, id } = options;
  return datedKey(`aws/lambda/${mappingId}/${shardId}`, { at, id });
}

function iso(record: StreamRecord | undefined): string | undefined {
  return record && new Date(record.arrivedAt).toISOString();
}

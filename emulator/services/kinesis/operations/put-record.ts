import { PutRecord$, type PutRecordInput, type PutRecordOutput } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../../core/errors.ts";
import { type Needs, operation } from "../../../core/service.ts";
import type { KinesisEngine } from "../engine.ts";
import { invalidOrderingNumber } from "../errors.ts";
import {
  hashKey,
  partitionKey,
  recordData,
  sequenceNumber,
  streamArn,
  streamName,
} from "../limits.ts";
import { parseSequenceNumber, SMALL } from "../model/sequence-number.ts";
import type { Stream } from "../model/stream.ts";
import { refuseUnemulated } from "../unemulated.ts";
import { append, assertWritable, newRecord } from "../writing.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
type Input = Needs<PutRecordInput, "PartitionKey">;

export const PutRecord = operation<KinesisEngine, Input, PutRecordOutput>({
  schema: PutRecord$,
  limits: {
    StreamName: streamName,
    StreamARN: streamArn,
    Data: recordData,
    PartitionKey: partitionKey,
    ExplicitHashKey: hashKey,
    SequenceNumberForOrdering: sequenceNumber,
  },
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    const stream = kinesis.stream(input, call);
    assertWritable(stream);
    const now = call.clock.now();
    assertOrdering(input.SequenceNumberForOrdering, { stream, now });
    const record = newRecord(input, stream);
    const appended = append(kinesis, stream, { record, now });
    const isTaken = !(appended instanceof AwsError);
    kinesis.metering.putRecord(stream, {
      startedAt: now,
      endedAt: call.clock.now(),
      records: isTaken ? 1 : 0,
      bytes: isTaken ? record.size : 0,
      throttled: isTaken ? 0 : 1,
    });
    if (appended instanceof AwsError) throw appended;
    appended.shard.announce();
    return {
      ShardId: appended.shard.id,
      SequenceNumber: appended.record.sequenceNumber,
      EncryptionType: "NONE",
    };
  },
  summarize: ({ StreamName, StreamARN }, { ShardId }) => `${StreamName ?? StreamARN} · ${ShardId}`,
});

/** A number that this stream cannot have given yet orders nothing. */
function assertOrdering(
  number: string | undefined,
  { stream, now }: { stream: Stream; now: number },
): void {
  // A small number, such as "0", comes before all records.
  if (number === undefined || BigInt(number) < SMALL) return;
  const parts = parseSequenceNumber(number);
  if (!parts || parts.at > now || parts.shardIndex >= stream.shards.length) {
    throw invalidOrderingNumber(number, stream.name, stream.scope.accountId);
  }
}

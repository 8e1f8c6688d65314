import {
  GetShardIterator$,
  type GetShardIteratorInput,
  type GetShardIteratorOutput,
} from "@aws-sdk/client-kinesis";
import { type Checked, operation } from "../../../core/service.ts";
import type { KinesisEngine } from "../engine.ts";
import { invalidArgument } from "../errors.ts";
import { iteratorType, sequenceNumber, shardId, streamArn, streamName } from "../limits.ts";
import { LOWEST, parseSequenceNumber } from "../model/sequence-number.ts";
import type { Shard } from "../model/shard.ts";
import { encodeIterator } from "../model/shard-iterator.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html
export const GetShardIterator = operation<
  KinesisEngine,
  GetShardIteratorInput,
  GetShardIteratorOutput
>({
  schema: GetShardIterator$,
  limits: {
    StreamName: streamName,
    StreamARN: streamArn,
    ShardId: shardId,
    ShardIteratorType: iteratorType,
    StartingSequenceNumber: sequenceNumber,
  },
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    const stream = kinesis.stream(input, call);
    const shard = kinesis.shard(stream, input.ShardId);
    const now = call.clock.now();
    return {
      ShardIterator: encodeIterator({
        streamArn: stream.arn,
        streamCreatedAt: stream.createdAt,
        shardIndex: shard.index,
        position: positionFor(input, { shard, now }),
        issuedAt: now,
      }),
    };
  },
  summarize: ({ StreamName, StreamARN, ShardId, ShardIteratorType }) =>
    `${StreamName ?? StreamARN} · ${ShardId} · ${ShardIteratorType}`,
});

function positionFor(
  input: Checked<GetShardIteratorInput>,
  { shard, now }: { shard: Shard; now: number },
): number {
  const type = input.ShardIteratorType;
  switch (type) {
    case "AT_SEQUENCE_NUMBER":
    case "AFTER_SEQUENCE_NUMBER": {
      const number = startingNumber(input, shard);
      return shard.positionOf(number, type === "AT_SEQUENCE_NUMBER" ? "at" : "after");
    }
    case "AT_TIMESTAMP": {
      const { Timestamp } = input;
      if (!Timestamp) {
        throw invalidArgument(
          "Must specify timestamp parameter for iterator of type AT_TIMESTAMP.",
        );
      }
      if (Timestamp.getTime() > now) {
        throw invalidArgument(
          `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${Timestamp.getTime()}, currentTimestampInMillis: ${now}`,
        );
      }
      return shard.positionAtTime(Timestamp.getTime());
    }
    default:
      if (input.StartingSequenceNumber !== undefined) {
        throw invalidArgument(
          `Request has both ${type} iterator type and a StartingSequenceNumber, which do not go together.`,
        );
      }
      return type === "LATEST" ? shard.tip : shard.horizon;
  }
}

function startingNumber(
  { StartingSequenceNumber: number, ShardIteratorType }: Checked<GetShardIteratorInput>,
  shard: Shard,
): string {
  if (number === undefined) {
    throw invalidArgument(
      `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER with a StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request is ${ShardIteratorType} and no StartingSequenceNumber.`,
    );
  }
  // Small numbers, such as "0", mean the beginning: kinesis.md §3.1.
  if (BigInt(number) < LOWEST) return number;
  const parts = parseSequenceNumber(number);
  if (!parts || parts.shardIndex !== shard.index) {
    throw invalidArgument(
      `Invalid StartingSequenceNumber. It encodes shardId-${String(parts?.shardIndex ?? 0).padStart(12, "0")}, while it was used in a call to a shard with ${shard.id}`,
    );
  }
  return number;
}

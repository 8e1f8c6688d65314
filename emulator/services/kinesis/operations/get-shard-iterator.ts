import {
  GetShardIterator$,
  type GetShardIteratorInput,
  type GetShardIteratorOutput,
} from "@aws-sdk/client-kinesis";
import { type Checked, operation } from "../../../core/service.ts";
import type { KinesisEngine } from "../engine.ts";
import {
  startingNumberForeign,
  startingNumberInvalid,
  startingNumberMissing,
  startingNumberNotWanted,
  startingNumberOfAnotherShard,
  timestampInFuture,
  timestampMissing,
} from "../errors.ts";
import { iteratorType, sequenceNumber, shardId, streamArn, streamName } from "../limits.ts";
import { LOWEST, parseSequenceNumber } from "../model/sequence-number.ts";
import { shardId as nameOfShard, type Shard } from "../model/shard.ts";
import { encodeIterator } from "../model/shard-iterator.ts";
import type { Stream } from "../model/stream.ts";
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
        position: positionFor(input, { stream, shard, now }),
        issuedAt: now,
      }),
    };
  },
  summarize: ({ StreamName, StreamARN, ShardId, ShardIteratorType }) =>
    `${StreamName ?? StreamARN} · ${ShardId} · ${ShardIteratorType}`,
});

interface Place {
  readonly stream: Stream;
  readonly shard: Shard;
  readonly now: number;
}

function positionFor(
  { ShardIteratorType: type, StartingSequenceNumber, Timestamp }: Checked<GetShardIteratorInput>,
  place: Place,
): number {
  const { shard, now } = place;
  switch (type) {
    case "AT_SEQUENCE_NUMBER":
    case "AFTER_SEQUENCE_NUMBER": {
      if (StartingSequenceNumber === undefined) throw startingNumberMissing(type);
      assertFrom(StartingSequenceNumber, place);
      return shard.positionOf(
        StartingSequenceNumber,
        type === "AT_SEQUENCE_NUMBER" ? "at" : "after",
      );
    }
    case "AT_TIMESTAMP": {
      if (!Timestamp) throw timestampMissing();
      const at = Timestamp.getTime();
      if (at > now) throw timestampInFuture(at, now);
      return shard.positionAtTime(at);
    }
    default:
      if (StartingSequenceNumber !== undefined) throw startingNumberNotWanted(type);
      return type === "LATEST" ? shard.tip : shard.horizon;
  }
}

/** A number to start from must be one of this shard of this stream, not of an earlier one of its name. */
function assertFrom(number: string, { stream, shard }: Place): void {
  const use = { shard: shard.id, stream: stream.name, accountId: stream.scope.accountId };
  const parts = parseSequenceNumber(number);
  if (!parts) {
    const isOfAnOlderLayout = BigInt(number) < LOWEST;
    throw (isOfAnOlderLayout ? startingNumberForeign : startingNumberInvalid)(number, use);
  }
  if (parts.shardIndex !== shard.index) {
    throw startingNumberOfAnotherShard(nameOfShard(parts.shardIndex), shard.id);
  }
  if (parts.shardCreatedAt !== Math.floor(shard.createdAt / 1000) * 1000) {
    throw startingNumberForeign(number, use);
  }
}

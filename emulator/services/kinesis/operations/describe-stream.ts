import {
  DescribeStream$,
  type DescribeStreamInput,
  type DescribeStreamOutput,
} from "@aws-sdk/client-kinesis";
import { paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import { describeShard, describeStream } from "../describing.ts";
import type { KinesisEngine } from "../engine.ts";
import { DESCRIBE_SHARDS_PAGE, listing, shardId, streamArn, streamName } from "../limits.ts";
import { normalizeShardId } from "../model/shard.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStream.html
export const DescribeStream = operation<KinesisEngine, DescribeStreamInput, DescribeStreamOutput>({
  schema: DescribeStream$,
  limits: {
    StreamName: streamName,
    StreamARN: streamArn,
    Limit: listing,
    ExclusiveStartShardId: shardId,
  },
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    const stream = kinesis.stream(input, call);
    const start = input.ExclusiveStartShardId && normalizeShardId(input.ExclusiveStartShardId);
    const page = paginate(stream.status === "CREATING" ? [] : stream.shards, {
      after: ({ id }) => start === undefined || id > start,
      limit: Math.min(input.Limit ?? DESCRIBE_SHARDS_PAGE, DESCRIBE_SHARDS_PAGE),
    });
    return {
      StreamDescription: {
        ...describeStream(stream),
        Shards: page.items.map(describeShard),
        HasMoreShards: page.next !== undefined,
        RetentionPeriodHours: stream.retentionHours,
        EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
        EncryptionType: "NONE",
      },
    };
  },
  summarize: ({ StreamName, StreamARN }, { StreamDescription }) =>
    `${StreamName ?? StreamARN} · ${StreamDescription?.StreamStatus}`,
});

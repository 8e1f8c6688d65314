import { CreateStream$, type CreateStreamInput } from "@aws-sdk/client-kinesis";
import { operation } from "../../../core/service.ts";
import type { KinesisEngine } from "../engine.ts";
import { modeNeedsNoShardCount } from "../errors.ts";
import {
  DEFAULT_RECORD_KIB,
  maxRecordKib,
  ON_DEMAND_SHARDS,
  shardCount,
  streamModeDetails,
  streamName,
  tags,
} from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
export const CreateStream = operation<KinesisEngine, CreateStreamInput, undefined>({
  schema: CreateStream$,
  limits: {
    StreamName: streamName,
    ShardCount: shardCount,
    StreamModeDetails: streamModeDetails,
    MaxRecordSizeInKiB: maxRecordKib,
    Tags: tags,
  },
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    // Without a shard count and a mode AWS creates an on-demand stream, as LocalStack recorded.
    // UNCONFIRMED: one shard for a provisioned stream without a count.
    const mode =
      input.StreamModeDetails?.StreamMode ??
      (input.ShardCount === undefined ? "ON_DEMAND" : "PROVISIONED");
    if (mode === "ON_DEMAND" && input.ShardCount !== undefined) throw modeNeedsNoShardCount();
    kinesis.create(call, {
      name: input.StreamName,
      // AWS takes numbers for integers by cutting off their fractions, here and elsewhere.
      shardCount: Math.floor(input.ShardCount ?? (mode === "ON_DEMAND" ? ON_DEMAND_SHARDS : 1)),
      mode,
      maxRecordBytes: Math.floor(input.MaxRecordSizeInKiB ?? DEFAULT_RECORD_KIB) * 1024,
      tags: input.Tags ?? {},
    });
    return undefined;
  },
  summarize: ({ StreamName }) => StreamName,
});

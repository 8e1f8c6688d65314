import type { ChildShard, Shard as ShardShape } from "@aws-sdk/client-kinesis";
import { toDecimal } from "./model/hash-key.ts";
import type { Shard } from "./model/shard.ts";
import type { Stream } from "./model/stream.ts";

/** A shard in the shape of AWS's answers; an open one has no ending number. */
export function describeShard(shard: Shard): ShardShape {
  const [parent, adjacent] = shard.parents;
  return {
    ShardId: shard.id,
    ...(parent && { ParentShardId: parent }),
    ...(adjacent && { AdjacentParentShardId: adjacent }),
    HashKeyRange: hashKeyRange(shard),
    SequenceNumberRange: {
      StartingSequenceNumber: shard.startingSequenceNumber,
      ...(shard.endingSequenceNumber && { EndingSequenceNumber: shard.endingSequenceNumber }),
    },
  };
}

/** The shards that took over a closed shard's range. */
export function childrenOf(stream: Stream, shard: Shard): ChildShard[] {
  return stream.shards
    .filter(({ parents }) => parents.includes(shard.id))
    .map((child) => ({
      ShardId: child.id,
      ParentShards: [...child.parents],
      HashKeyRange: hashKeyRange(child),
    }));
}

/** What DescribeStream, DescribeStreamSummary and ListStreams say alike. */
export function describeStream(stream: Stream) {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: stream.status,
    StreamModeDetails: { StreamMode: stream.mode },
    StreamCreationTimestamp: new Date(stream.createdAt),
  };
}

function hashKeyRange({ range }: Shard) {
  return { StartingHashKey: toDecimal(range.start), EndingHashKey: toDecimal(range.end) };
}

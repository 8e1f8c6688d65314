import { normalizeShardId, type Shard } from "./shard.ts";

/** Which shards of a stream a listing is about; member names as in AWS's ShardFilter. */
export interface ShardFilter {
  readonly Type: string | undefined;
  readonly ShardId?: string | undefined;
  readonly Timestamp?: Date | undefined;
}

/**
 * Whether a filter lets a shard through. `horizon` is the time (epoch ms) of the oldest data retained.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ShardFilter.html
 */
export function selects(
  filter: ShardFilter | undefined,
  shard: Shard,
  { horizon }: { horizon: number },
): boolean {
  const at = filter?.Timestamp?.getTime() ?? horizon;
  switch (filter?.Type) {
    case "AFTER_SHARD_ID":
      return filter.ShardId === undefined || shard.id > normalizeShardId(filter.ShardId);
    case "AT_LATEST":
      return shard.isOpen;
    case "AT_TRIM_HORIZON":
      return wasOpenAt(shard, horizon);
    case "AT_TIMESTAMP":
      return wasOpenAt(shard, at);
    case "FROM_TIMESTAMP":
      return (shard.closedAt ?? Number.POSITIVE_INFINITY) >= at;
    default:
      return (shard.closedAt ?? Number.POSITIVE_INFINITY) >= horizon;
  }
}

/** A stream younger than the time in question counts from its first shards on. */
function wasOpenAt(shard: Shard, at: number): boolean {
  const isFirst = shard.parents.length === 0;
  const existed = isFirst || shard.createdAt <= at;
  return existed && (shard.closedAt ?? Number.POSITIVE_INFINITY) >= at;
}

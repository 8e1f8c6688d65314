import { ListShards$, type ListShardsInput, type ListShardsOutput } from "@aws-sdk/client-kinesis";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { type Checked, operation } from "../../../core/service.ts";
import { describeShard } from "../describing.ts";
import type { KinesisEngine } from "../engine.ts";
import { expiredNextToken, invalidArgument, streamNotFound } from "../errors.ts";
import {
  LIST_SHARDS_PAGE,
  listing,
  nextToken,
  shardFilter,
  shardId,
  streamArn,
  streamName,
} from "../limits.ts";
import { normalizeShardId } from "../model/shard.ts";
import { type ShardFilter, selects } from "../model/shard-filter.ts";
import type { Stream } from "../model/stream.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html
const TOKEN_LIFETIME_MS = 300_000;

/** What a token carries: the whole question, for it stands in place of the stream's name. */
interface Continuation {
  readonly arn: string;
  readonly after: string;
  readonly filter: ShardFilter | undefined;
  /** Epoch ms. */
  readonly issuedAt: number;
}

export const ListShards = operation<KinesisEngine, ListShardsInput, ListShardsOutput>({
  schema: ListShards$,
  limits: {
    StreamName: streamName,
    StreamARN: streamArn,
    NextToken: nextToken,
    ExclusiveStartShardId: shardId,
    MaxResults: listing,
    ShardFilter: shardFilter,
  },
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    const now = call.clock.now();
    const continued = continuationOf(input, now);
    const stream = kinesis.stream(continued ? { StreamARN: continued.arn } : input, call);
    assertCreated(stream, input.StreamCreationTimestamp);
    const filter = continued ? continued.filter : checkedFilter(input.ShardFilter);
    const start = continued?.after ?? input.ExclusiveStartShardId;
    const after = start === undefined ? undefined : normalizeShardId(start);
    const horizon = now - stream.retentionHours * 3_600_000;
    const page = paginate(
      stream.shards.filter((shard) => selects(filter, shard, { horizon })),
      {
        after: ({ id }) => after === undefined || id > after,
        limit: Math.min(input.MaxResults ?? LIST_SHARDS_PAGE, LIST_SHARDS_PAGE),
      },
    );
    const token: Continuation | undefined = page.next && {
      arn: stream.arn,
      after: page.next.id,
      filter,
      issuedAt: now,
    };
    return {
      Shards: page.items.map(describeShard),
      ...(token && { NextToken: encodeToken(token) }),
    };
  },
  summarize: ({ StreamName, StreamARN }, { Shards }) =>
    `${StreamName ?? StreamARN ?? ""} · ${Shards?.length} shards`,
});

/** Members for which the token stands, in the order in which AWS is asked about them. */
const CONTINUED = [
  ["StreamName", "StreamName"],
  ["StreamARN", "StreamName"],
  ["ShardFilter", "ShardFilter"],
  ["ExclusiveStartShardId", "ExclusiveStartShardId"],
  ["StreamCreationTimestamp", "StreamCreationTimestamp"],
] as const;

function continuationOf(input: Checked<ListShardsInput>, now: number): Continuation | undefined {
  const { NextToken, StreamName, StreamARN } = input;
  if (NextToken === undefined) {
    if (StreamName === undefined && StreamARN === undefined) {
      throw invalidArgument("Either NextToken or StreamName should be provided.");
    }
    return undefined;
  }
  for (const [member, name] of CONTINUED) {
    if (input[member] !== undefined) {
      throw invalidArgument(`NextToken and ${name} cannot be provided together.`);
    }
  }
  const token = decodeToken(NextToken) as Partial<Continuation> | null | undefined;
  const { arn, after, filter, issuedAt } = token ?? {};
  if (typeof arn !== "string" || typeof after !== "string" || typeof issuedAt !== "number") {
    throw invalidArgument("NextToken is invalid.");
  }
  if (now - issuedAt > TOKEN_LIFETIME_MS) throw expiredNextToken();
  return { arn, after, filter: revived(filter), issuedAt };
}

/** A filter from a token, where its timestamp has become text. */
function revived(filter: ShardFilter | undefined): ShardFilter | undefined {
  return filter?.Timestamp ? { ...filter, Timestamp: new Date(filter.Timestamp) } : filter;
}

/** UNCONFIRMED: the wording; that these members are needed is AWS's. */
function checkedFilter(filter: Checked<ListShardsInput>["ShardFilter"]): ShardFilter | undefined {
  const { Type, ShardId, Timestamp } = filter ?? {};
  if (Type === "AFTER_SHARD_ID" && ShardId === undefined) {
    throw invalidArgument(`ShardId must be provided for ShardFilter type ${Type}.`);
  }
  if ((Type === "AT_TIMESTAMP" || Type === "FROM_TIMESTAMP") && Timestamp === undefined) {
    throw invalidArgument(`Timestamp must be provided for ShardFilter type ${Type}.`);
  }
  return filter;
}

/** Tells a stream from an earlier one of its name. Clients hold its creation in whole seconds. */
function assertCreated({ name, scope, createdAt }: Stream, at: Date | undefined): void {
  if (at && Math.floor(at.getTime() / 1000) !== Math.floor(createdAt / 1000)) {
    throw streamNotFound(name, scope.accountId);
  }
}

import { ListShards$, type ListShardsInput, type ListShardsOutput } from "@aws-sdk/client-kinesis";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { type Checked, operation } from "../../../core/service.ts";
import { describeShard } from "../describing.ts";
import type { KinesisEngine } from "../engine.ts";
import { expiredNextToken, invalidArgument } from "../errors.ts";
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
import { selects } from "../model/shard-filter.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html
const TOKEN_LIFETIME_MS = 300_000;

/** What a token carries: the whole question, for it stands in place of the stream's name. */
interface Continuation {
  readonly arn: string;
  readonly after: string;
  readonly filter: ListShardsInput["ShardFilter"];
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
    const filter = continued ? continued.filter : input.ShardFilter;
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

function continuationOf(
  { NextToken, StreamName, StreamARN }: Checked<ListShardsInput>,
  now: number,
): Continuation | undefined {
  const isNamed = StreamName !== undefined || StreamARN !== undefined;
  if (NextToken === undefined) {
    if (!isNamed) throw invalidArgument("Either NextToken or StreamName should be provided.");
    return undefined;
  }
  if (isNamed) throw invalidArgument("NextToken and StreamName cannot be provided together.");
  const token = decodeToken(NextToken) as Partial<Continuation> | undefined;
  if (typeof token?.arn !== "string" || typeof token.after !== "string") {
    throw invalidArgument("NextToken is invalid.");
  }
  if (now - (token.issuedAt ?? 0) > TOKEN_LIFETIME_MS) throw expiredNextToken();
  return token as Continuation;
}

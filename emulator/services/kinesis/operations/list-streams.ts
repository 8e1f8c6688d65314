import {
  ListStreams$,
  type ListStreamsInput,
  type ListStreamsOutput,
} from "@aws-sdk/client-kinesis";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import { describeStream } from "../describing.ts";
import type { KinesisEngine } from "../engine.ts";
import { expiredNextToken } from "../errors.ts";
import { LIST_STREAMS_PAGE, listing, nextToken, streamName } from "../limits.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html
export const ListStreams = operation<KinesisEngine, ListStreamsInput, ListStreamsOutput>({
  schema: ListStreams$,
  limits: { Limit: listing, ExclusiveStartStreamName: streamName, NextToken: nextToken },
  handle(kinesis, input, call) {
    const start = input.ExclusiveStartStreamName ?? startOf(input.NextToken);
    const page = paginate(kinesis.list(call), {
      after: ({ name }) => start === undefined || name > start,
      limit: Math.min(input.Limit ?? LIST_STREAMS_PAGE, LIST_STREAMS_PAGE),
    });
    return {
      StreamNames: page.items.map(({ name }) => name),
      HasMoreStreams: page.next !== undefined,
      ...(page.next && { NextToken: encodeToken(page.next.name) }),
      StreamSummaries: page.items.map(describeStream),
    };
  },
  summarize: (_input, { StreamNames }) => `${StreamNames?.length} streams`,
});

function startOf(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const name = decodeToken(token);
  if (typeof name !== "string") throw expiredNextToken();
  return name;
}

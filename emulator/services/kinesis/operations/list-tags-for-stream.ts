import {
  ListTagsForStream$,
  type ListTagsForStreamInput,
  type ListTagsForStreamOutput,
} from "@aws-sdk/client-kinesis";
import { paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { KinesisEngine } from "../engine.ts";
import { LIST_TAGS_PAGE, streamArn, streamName, tagKey, tagsPage } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForStream.html
export const ListTagsForStream = operation<
  KinesisEngine,
  ListTagsForStreamInput,
  ListTagsForStreamOutput
>({
  schema: ListTagsForStream$,
  limits: {
    StreamName: streamName,
    StreamARN: streamArn,
    ExclusiveStartTagKey: tagKey,
    Limit: tagsPage,
  },
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    const { tags } = kinesis.stream(input, call);
    const start = input.ExclusiveStartTagKey;
    const page = paginate(Object.keys(tags).sort(), {
      after: (key) => start === undefined || key > start,
      limit: input.Limit ?? LIST_TAGS_PAGE,
    });
    return {
      Tags: page.items.map((key) => ({ Key: key, Value: tags[key] })),
      HasMoreTags: page.next !== undefined,
    };
  },
  summarize: ({ StreamName, StreamARN }, { Tags }) =>
    `${StreamName ?? StreamARN} · ${Tags?.length} tags`,
});

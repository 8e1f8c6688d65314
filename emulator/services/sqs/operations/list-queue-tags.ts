import {
  ListQueueTags$,
  type ListQueueTagsRequest,
  type ListQueueTagsResult,
} from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html
export const ListQueueTags = operation<SqsEngine, ListQueueTagsRequest, ListQueueTagsResult>({
  schema: ListQueueTags$,
  handle(sqs, { QueueUrl }, call) {
    const { tags } = sqs.queue(QueueUrl, call);
    return Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {};
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

import { TagQueue$, type TagQueueRequest } from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html
export const TagQueue = operation<SqsEngine, TagQueueRequest, void>({
  schema: TagQueue$,
  handle(sqs, { QueueUrl, Tags }, call) {
    Object.assign(sqs.queue(QueueUrl, call).tags, Tags);
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

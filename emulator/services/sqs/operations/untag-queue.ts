import { UntagQueue$, type UntagQueueRequest } from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html
export const UntagQueue = operation<SqsEngine, UntagQueueRequest, void>({
  schema: UntagQueue$,
  handle(sqs, { QueueUrl, TagKeys }, call) {
    const { tags } = sqs.queue(QueueUrl, call);
    for (const key of TagKeys) delete tags[key];
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

import { PurgeQueue$, type PurgeQueueRequest } from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html
export const PurgeQueue = operation<SqsEngine, PurgeQueueRequest, void>({
  schema: PurgeQueue$,
  handle(sqs, { QueueUrl }, call) {
    sqs.queue(QueueUrl, call).purge(call.clock.now());
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

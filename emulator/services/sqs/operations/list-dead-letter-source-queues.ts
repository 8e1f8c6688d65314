import {
  ListDeadLetterSourceQueues$,
  type ListDeadLetterSourceQueuesRequest,
  type ListDeadLetterSourceQueuesResult,
} from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html
export const ListDeadLetterSourceQueues = operation<
  SqsEngine,
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult
>({
  schema: ListDeadLetterSourceQueues$,
  // DIFFERS: all of them are listed on one page.
  handle(sqs, { QueueUrl }, call) {
    const { arn } = sqs.queue(QueueUrl, call);
    const sources = sqs
      .list(call)
      .filter(({ settings }) => settings.redrive?.deadLetterArn === arn);
    return { queueUrls: sources.map((queue) => sqs.urlOf(queue)) };
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

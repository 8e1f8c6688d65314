import { CreateQueue$, type CreateQueueRequest, type CreateQueueResult } from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import { definite } from "../attributes.ts";
import type { SqsEngine } from "../engine.ts";
import { invalidQueueName, notEmulated } from "../errors.ts";
import { QUEUE_NAME } from "../limits.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
export const CreateQueue = operation<SqsEngine, CreateQueueRequest, CreateQueueResult>({
  schema: CreateQueue$,
  handle(sqs, { QueueName: name, Attributes, tags = {} }, call) {
    if (name.endsWith(".fifo")) throw notEmulated("FIFO queues: the suffix .fifo");
    if (!QUEUE_NAME.test(name)) throw invalidQueueName();
    const queue = sqs.create(call, { name, attributes: definite(Attributes), tags });
    return { QueueUrl: sqs.urlOf(queue) };
  },
  summarize: ({ QueueName }) => QueueName,
});

import { DeleteQueue$, type DeleteQueueRequest } from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html
export const DeleteQueue = operation<SqsEngine, DeleteQueueRequest, void>({
  schema: DeleteQueue$,
  handle(sqs, { QueueUrl }, call) {
    sqs.delete(sqs.queue(QueueUrl, call));
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

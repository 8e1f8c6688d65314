import { DeleteMessage$, type DeleteMessageRequest } from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
export const DeleteMessage = operation<SqsEngine, DeleteMessageRequest, void>({
  schema: DeleteMessage$,
  handle(sqs, { QueueUrl, ReceiptHandle }, call) {
    sqs.queue(QueueUrl, call).delete(ReceiptHandle);
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

import {
  DeleteMessageBatch$,
  type DeleteMessageBatchRequest,
  type DeleteMessageBatchResult,
} from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import { doEach } from "../batch.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html
export const DeleteMessageBatch = operation<
  SqsEngine,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult
>({
  schema: DeleteMessageBatch$,
  handle(sqs, { QueueUrl, Entries }, call) {
    const queue = sqs.queue(QueueUrl, call);
    return doEach(Entries, {
      entryType: "DeleteMessageBatchRequestEntry",
      act: ({ ReceiptHandle }) => queue.delete(ReceiptHandle),
    });
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

import {
  ChangeMessageVisibilityBatch$,
  type ChangeMessageVisibilityBatchRequest,
  type ChangeMessageVisibilityBatchResult,
} from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import { doEach } from "../batch.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";
import { visibilityOf } from "../visibility.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html
export const ChangeMessageVisibilityBatch = operation<
  SqsEngine,
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult
>({
  schema: ChangeMessageVisibilityBatch$,
  handle(sqs, { QueueUrl, Entries }, call) {
    const queue = sqs.queue(QueueUrl, call);
    const at = call.clock.now();
    return doEach(Entries, {
      entryType: "ChangeMessageVisibilityBatchRequestEntry",
      act: (entry) =>
        queue.changeVisibility(entry.ReceiptHandle, { at, visibilityMs: visibilityOf(entry) }),
    });
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

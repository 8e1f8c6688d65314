import { ChangeMessageVisibility$, type ChangeMessageVisibilityRequest } from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";
import { visibilityOf } from "../visibility.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
export const ChangeMessageVisibility = operation<SqsEngine, ChangeMessageVisibilityRequest, void>({
  schema: ChangeMessageVisibility$,
  handle(sqs, input, call) {
    const queue = sqs.queue(input.QueueUrl, call);
    const visibilityMs = visibilityOf(input);
    queue.changeVisibility(input.ReceiptHandle, { at: call.clock.now(), visibilityMs });
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

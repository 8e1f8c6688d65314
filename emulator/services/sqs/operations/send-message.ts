import { SendMessage$, type SendMessageRequest, type SendMessageResult } from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import { digestsOf, draftOf } from "../drafting.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
export const SendMessage = operation<SqsEngine, SendMessageRequest, SendMessageResult>({
  schema: SendMessage$,
  handle(sqs, input, call) {
    const queue = sqs.queue(input.QueueUrl, call);
    const { maxBytes } = queue.settings;
    const draft = draftOf(input, { senderId: call.accountId, maxBytes });
    const { id } = queue.send(draft, {
      at: call.clock.now(),
      delayMs: input.DelaySeconds && input.DelaySeconds * 1000,
    });
    return { ...digestsOf(draft), MessageId: id };
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

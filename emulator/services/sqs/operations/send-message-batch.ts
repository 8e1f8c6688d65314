import {
  SendMessageBatch$,
  type SendMessageBatchRequest,
  type SendMessageBatchResult,
} from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import { doEach } from "../batch.ts";
import { digestsOf, draftOf } from "../drafting.ts";
import type { SqsEngine } from "../engine.ts";
import { batchTooLong } from "../errors.ts";
import { MAX_MESSAGE_BYTES } from "../limits.ts";
import { sizeOf } from "../model/message.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
export const SendMessageBatch = operation<
  SqsEngine,
  SendMessageBatchRequest,
  SendMessageBatchResult
>({
  schema: SendMessageBatch$,
  handle(sqs, { QueueUrl, Entries }, call) {
    const queue = sqs.queue(QueueUrl, call);
    const { maxBytes } = queue.settings;
    const drafting = { senderId: call.accountId, maxBytes };
    let sent = 0;
    const drafted = doEach(Entries, {
      entryType: "SendMessageBatchRequestEntry",
      act(entry) {
        const draft = draftOf(entry, drafting);
        sent += sizeOf(draft);
        return { draft, delayMs: entry.DelaySeconds && entry.DelaySeconds * 1000 };
      },
    });
    // Before anything is sent.
    if (sent > MAX_MESSAGE_BYTES) throw batchTooLong({ sent, max: MAX_MESSAGE_BYTES });
    const at = call.clock.now();
    return {
      Successful: drafted.Successful.map(({ Id, draft, delayMs }) => {
        const { id } = queue.send(draft, { at, delayMs });
        return { Id, MessageId: id, ...digestsOf(draft) };
      }),
      Failed: drafted.Failed,
    };
  },
  summarize: ({ QueueUrl, Entries }) => `${nameIn(QueueUrl)} · ${Entries.length} messages`,
});

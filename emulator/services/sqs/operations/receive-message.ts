import {
  ReceiveMessage$,
  type ReceiveMessageRequest,
  type ReceiveMessageResult,
} from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import { describeMessage } from "../describing.ts";
import type { SqsEngine } from "../engine.ts";
import { invalidValue } from "../errors.ts";
import { MAX_RECEIVED, NUMBERS } from "../limits.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
export const ReceiveMessage = operation<SqsEngine, ReceiveMessageRequest, ReceiveMessageResult>({
  schema: ReceiveMessage$,
  async handle(sqs, input, call) {
    const { MaxNumberOfMessages: max = 1, VisibilityTimeout, WaitTimeSeconds } = input;
    check(max, { name: "MaxNumberOfMessages", min: 1, max: MAX_RECEIVED });
    check(VisibilityTimeout, { name: "VisibilityTimeout", ...NUMBERS.VisibilityTimeout });
    check(WaitTimeSeconds, { name: "WaitTimeSeconds", ...NUMBERS.ReceiveMessageWaitTimeSeconds });
    const queue = sqs.queue(input.QueueUrl, call);
    const received = await sqs.receive(queue, {
      max,
      visibilityMs: VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000,
      waitMs: WaitTimeSeconds === undefined ? queue.settings.waitMs : WaitTimeSeconds * 1000,
      signal: call.signal(),
    });
    if (received.length === 0) return {};
    const { AttributeNames = [], MessageSystemAttributeNames = [] } = input;
    const wanted = {
      system: [...AttributeNames, ...MessageSystemAttributeNames],
      own: input.MessageAttributeNames ?? [],
    };
    return { Messages: received.map((message) => describeMessage(message, wanted)) };
  },
  summarize: ({ QueueUrl }, { Messages = [] }) =>
    `${nameIn(QueueUrl)} · ${Messages.length} messages`,
});

function check(
  value: number | undefined,
  { name, min, max }: { name: string; min: number; max: number },
): void {
  if (value === undefined || (value >= min && value <= max)) return;
  const reason = `Must be between ${min} and ${max}, if provided.`;
  throw invalidValue({ name, value, reason });
}

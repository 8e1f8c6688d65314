import {
  GetQueueAttributes$,
  type GetQueueAttributesRequest,
  type GetQueueAttributesResult,
  QueueAttributeName,
} from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import { queueAttributes } from "../describing.ts";
import type { SqsEngine } from "../engine.ts";
import { unknownAttribute } from "../errors.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
const KNOWN: readonly string[] = Object.values(QueueAttributeName);

export const GetQueueAttributes = operation<
  SqsEngine,
  GetQueueAttributesRequest,
  GetQueueAttributesResult
>({
  schema: GetQueueAttributes$,
  handle(sqs, { QueueUrl, AttributeNames = [] }, call) {
    const all = queueAttributes(sqs.queue(QueueUrl, call), call.clock.now());
    const unknown = AttributeNames.find((name) => !KNOWN.includes(name));
    if (unknown !== undefined) throw unknownAttribute(unknown);
    const shown = Object.entries(all).filter(
      ([name]) =>
        AttributeNames.includes("All") || AttributeNames.some((wanted) => wanted === name),
    );
    return shown.length > 0 ? { Attributes: Object.fromEntries(shown) } : {};
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

import { SetQueueAttributes$, type SetQueueAttributesRequest } from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import { definite } from "../attributes.ts";
import type { SqsEngine } from "../engine.ts";
import { nameIn } from "../queue-names.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
export const SetQueueAttributes = operation<SqsEngine, SetQueueAttributesRequest, void>({
  schema: SetQueueAttributes$,
  handle(sqs, { QueueUrl, Attributes }, call) {
    sqs.change(sqs.queue(QueueUrl, call), definite(Attributes));
  },
  summarize: ({ QueueUrl }) => nameIn(QueueUrl),
});

import { GetQueueUrl$, type GetQueueUrlRequest, type GetQueueUrlResult } from "@aws-sdk/client-sqs";
import { operation } from "../../../core/service.ts";
import type { SqsEngine } from "../engine.ts";
import { queueNotFound } from "../errors.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html
export const GetQueueUrl = operation<SqsEngine, GetQueueUrlRequest, GetQueueUrlResult>({
  schema: GetQueueUrl$,
  handle(sqs, { QueueName, QueueOwnerAWSAccountId: accountId = "" }, call) {
    const { region } = call;
    const queue = sqs.find(QueueName, { accountId: accountId || call.accountId, region });
    if (!queue) throw queueNotFound();
    return { QueueUrl: sqs.urlOf(queue) };
  },
  summarize: ({ QueueName }) => QueueName,
});

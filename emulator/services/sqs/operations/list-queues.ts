import { ListQueues$, type ListQueuesRequest, type ListQueuesResult } from "@aws-sdk/client-sqs";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { SqsEngine } from "../engine.ts";
import { invalidValue } from "../errors.ts";
import { MAX_LISTED_QUEUES } from "../limits.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html
export const ListQueues = operation<SqsEngine, ListQueuesRequest, ListQueuesResult>({
  schema: ListQueues$,
  handle(sqs, { QueueNamePrefix = "", MaxResults, NextToken }, call) {
    const limit = MaxResults ?? MAX_LISTED_QUEUES;
    if (!(limit >= 1 && limit <= MAX_LISTED_QUEUES)) {
      const reason = `Must be between 1 and ${MAX_LISTED_QUEUES}, if provided.`;
      throw invalidValue({ name: "MaxResults", value: limit, reason });
    }
    const start = NextToken === undefined ? "" : String(decodeToken(NextToken));
    const queues = sqs.list(call).filter(({ name }) => name.startsWith(QueueNamePrefix));
    const page = paginate(queues, { after: ({ name }) => name > start, limit });
    return {
      ...(page.items.length > 0 && { QueueUrls: page.items.map((queue) => sqs.urlOf(queue)) }),
      // A listing without a limit has one page.
      ...(page.next && MaxResults && { NextToken: encodeToken(page.next.name) }),
    };
  },
  summarize: (_input, { QueueUrls = [] }) => `${QueueUrls.length} queues`,
});

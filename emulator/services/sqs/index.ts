import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { SqsEngine } from "./engine.ts";
import { MAX_REQUEST_BYTES } from "./limits.ts";
import { ChangeMessageVisibility } from "./operations/change-message-visibility.ts";
import { ChangeMessageVisibilityBatch } from "./operations/change-message-visibility-batch.ts";
import { CreateQueue } from "./operations/create-queue.ts";
import { DeleteMessage } from "./operations/delete-message.ts";
import { DeleteMessageBatch } from "./operations/delete-message-batch.ts";
import { DeleteQueue } from "./operations/delete-queue.ts";
import { GetQueueAttributes } from "./operations/get-queue-attributes.ts";
import { GetQueueUrl } from "./operations/get-queue-url.ts";
import { ListDeadLetterSourceQueues } from "./operations/list-dead-letter-source-queues.ts";
import { ListQueueTags } from "./operations/list-queue-tags.ts";
import { ListQueues } from "./operations/list-queues.ts";
import { PurgeQueue } from "./operations/purge-queue.ts";
import { ReceiveMessage } from "./operations/receive-message.ts";
import { SendMessage } from "./operations/send-message.ts";
import { SendMessageBatch } from "./operations/send-message-batch.ts";
import { SetQueueAttributes } from "./operations/set-queue-attributes.ts";
import { TagQueue } from "./operations/tag-queue.ts";
import { UntagQueue } from "./operations/untag-queue.ts";

export type { SqsEngine } from "./engine.ts";

/**
 * Amazon SQS: standard queues.
 * @param needs `endpointUrl`: the tank's own address, which queues' URLs start with
 */
export function sqs(
  context: TankContext,
  needs: { endpointUrl: () => string },
): Service & { readonly engine: SqsEngine } {
  return {
    name: "sqs",
    protocol: "aws-json-1.0",
    target: "AmazonSQS",
    query: {
      version: "2012-11-05",
      signingName: "sqs",
      xmlNamespace: "http://queue.amazonaws.com/doc/2012-11-05/",
      resourcePath: /^(?<QueueUrl>\/\d{12}\/[\w-]+)\/?$/,
    },
    engine: new SqsEngine(context, needs),
    // What the model requires, and a request lacks.
    validationCode: "MissingParameter",
    maxBodyBytes: MAX_REQUEST_BYTES,
    model: () => import("@aws-sdk/client-sqs"),
    operations: {
      ChangeMessageVisibility,
      ChangeMessageVisibilityBatch,
      CreateQueue,
      DeleteMessage,
      DeleteMessageBatch,
      DeleteQueue,
      GetQueueAttributes,
      GetQueueUrl,
      ListDeadLetterSourceQueues,
      ListQueueTags,
      ListQueues,
      PurgeQueue,
      ReceiveMessage,
      SendMessage,
      SendMessageBatch,
      SetQueueAttributes,
      TagQueue,
      UntagQueue,
    },
  };
}

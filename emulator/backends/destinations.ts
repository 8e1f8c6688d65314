import type { GetQueueUrlResult, MessageAttributeValue } from "@aws-sdk/client-sqs";
import { parseArn } from "../core/arn.ts";
import type { Remote } from "../core/service.ts";
import type { DeadLetter, DeadLetters, Destinations } from "../services/lambda/index.ts";
import type { SqsEngine } from "../services/sqs/index.ts";
import type { Objects } from "./remote-objects.ts";

/** Where a letter goes that a queue is to have. */
type Post = DeadLetters["bury"];

/** Queues, functions and buckets, here or elsewhere, as those that Lambda tells what came of events. */
export function destinations({
  queues,
  functions,
  objects,
}: {
  queues: { readonly engine: SqsEngine; readonly remote?: Remote | undefined };
  functions: { invoke(functionArn: string, payload: string): Promise<void> };
  objects: Pick<Objects, "write">;
}): Destinations & DeadLetters {
  const bury: Post = queues.remote
    ? remoteQueues(queues.remote)
    : async (queueArn, letter) => queues.engine.send(queueArn, letter);
  return {
    bury,
    async send(arn, document) {
      const isQueue = parseArn(arn)?.service === "sqs";
      if (isQueue) return bury(arn, { body: document, attributes: {} });
      return functions.invoke(arn, document);
    },
    write: (bucket, key, document) => objects.write(bucket, key, { body: Buffer.from(document) }),
  };
}

/** Queues that are not the tank's, through the SDK. */
function remoteQueues(sqs: Pick<Remote, "call">): Post {
  return async (queueArn, { body: MessageBody, attributes }) => {
    const { accountId = "", region = "", resource: QueueName } = parseArn(queueArn) ?? {};
    const scope = { accountId, region };
    const named = { QueueName, QueueOwnerAWSAccountId: accountId };
    const { QueueUrl } = await sqs.call<GetQueueUrlResult>("GetQueueUrl", named, scope);
    const MessageAttributes = attributesOf(attributes);
    await sqs.call("SendMessage", { QueueUrl, MessageBody, MessageAttributes }, scope);
  };
}

function attributesOf(attributes: DeadLetter["attributes"]): Record<string, MessageAttributeValue> {
  const described = Object.entries(attributes).map(([name, { type, value }]) => {
    return [name, { DataType: type, StringValue: value }];
  });
  return Object.fromEntries(described);
}

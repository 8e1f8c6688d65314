import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { startTank } from "../../support/tank.ts";

/** A tank in virtual time with SQS's client and one queue, `jobs`. */
export async function queueTank(Attributes: Record<string, string> = {}) {
  const clock = new ManualClock();
  const tank = await startTank({ clock });
  const sqs = tank.client(SQSClient);
  const create = async (QueueName: string, attributes: Record<string, string> = {}) => {
    const created = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: attributes }));
    return created.QueueUrl as string;
  };
  const QueueUrl = await create("jobs", Attributes);
  return {
    tank,
    clock,
    sqs,
    QueueUrl,
    create,
    send: (MessageBody: string, more: Partial<SendMessageCommand["input"]> = {}) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    receive: async (more: Partial<ReceiveMessageCommand["input"]> = {}) => {
      const input = { QueueUrl, MaxNumberOfMessages: 10, ...more };
      return (await sqs.send(new ReceiveMessageCommand(input))).Messages ?? [];
    },
    [Symbol.asyncDispose]: () => tank.stop(),
  };
}

export const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

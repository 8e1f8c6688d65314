import type { Message as Described, MessageAttributeValue } from "@aws-sdk/client-sqs";
import { type MessageAttributes, md5, md5OfAttributes } from "./model/message.ts";
import type { Queue, Received } from "./model/queue.ts";

/** All attributes of a queue, as GetQueueAttributes shows them. */
export function queueAttributes(queue: Queue, now: number): Record<string, string> {
  const { visible, inFlight, delayed } = queue.depth(now);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
    ...queue.settings.attributes,
  };
}

/** What a receiver asks to be told besides the body. */
export interface Wanted {
  /** AWS's own attributes: SentTimestamp…, or All. */
  readonly system: readonly string[];
  /** The sender's: names, `prefix.*`, or All. */
  readonly own: readonly string[];
}

export function describeMessage(message: Received, wanted: Wanted): Described {
  const attributes = wantedOf(message.attributes, wanted.own);
  const digest = md5OfAttributes(attributes);
  const system = Object.entries(systemAttributes(message)).filter(([name]) => {
    return wanted.system.includes("All") || wanted.system.includes(name);
  });
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(digest && {
      MD5OfMessageAttributes: digest,
      MessageAttributes: describeAttributes(attributes),
    }),
  };
}

function systemAttributes(message: Received): Record<string, string> {
  const { senderId, sentAt, receiveCount, firstReceivedAt, deadLetterSourceArn, groupId } = message;
  const { AWSTraceHeader } = message.systemAttributes;
  return {
    SenderId: senderId,
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(receiveCount),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    ...(AWSTraceHeader && { AWSTraceHeader: String(AWSTraceHeader.value) }),
    ...(deadLetterSourceArn && { DeadLetterQueueSourceArn: deadLetterSourceArn }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
  };
}

function wantedOf(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  const isWanted = (attribute: string) =>
    names.some((name) => {
      if (name === "All" || name === attribute) return true;
      return name.endsWith(".*") && attribute.startsWith(name.slice(0, -2));
    });
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}

function describeAttributes(attributes: MessageAttributes): Record<string, MessageAttributeValue> {
  const described = Object.entries(attributes).map(([name, { type: DataType, value }]) => {
    const member = typeof value === "string" ? { StringValue: value } : { BinaryValue: value };
    return [name, { DataType, ...member }];
  });
  return Object.fromEntries(described);
}

function seconds(at: number): string {
  return String(Math.floor(at / 1000));
}

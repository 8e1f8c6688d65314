import type { MessageAttributeValue, SendMessageRequest } from "@aws-sdk/client-sqs";
import type { Checked } from "../../core/service.ts";
import {
  invalidCharacters,
  invalidMessageAttribute,
  invalidValue,
  messageTooLong,
  missingParameter,
  notEmulated,
} from "./errors.ts";
import { MAX_MESSAGE_ATTRIBUTES, NUMBERS } from "./limits.ts";
import {
  type Draft,
  type MessageAttribute,
  type MessageAttributes,
  md5,
  md5OfAttributes,
  sizeOf,
} from "./model/message.ts";

type Sent = Omit<Checked<SendMessageRequest>, "QueueUrl">;

/**
 * What a request asks to send.
 * @throws AwsError as SendMessage does, for one message or one entry of a batch
 */
export function draftOf(
  input: Sent,
  { senderId, maxBytes }: { senderId: string; maxBytes: number },
): Draft {
  const { MessageBody: body, DelaySeconds, MessageDeduplicationId } = input;
  if (body === "") throw missingParameter("MessageBody");
  if (!isSound(body)) throw invalidCharacters();
  if (MessageDeduplicationId !== undefined) {
    throw notEmulated("FIFO queues: MessageDeduplicationId");
  }
  if (DelaySeconds !== undefined) checkDelay(DelaySeconds);
  const attributes = attributesOf(input.MessageAttributes ?? {});
  const systemAttributes = attributesOf(input.MessageSystemAttributes ?? {});
  for (const name of Object.keys(systemAttributes)) {
    if (name !== "AWSTraceHeader") {
      throw invalidMessageAttribute(`Message system attribute name '${name}' is invalid.`);
    }
  }
  const draft = { body, attributes, systemAttributes, groupId: input.MessageGroupId, senderId };
  if (sizeOf(draft) > maxBytes) throw messageTooLong(maxBytes);
  return draft;
}

/** The digests of a message, as its sender is told them. */
export function digestsOf({ body, attributes, systemAttributes }: Draft) {
  const own = md5OfAttributes(attributes);
  const system = md5OfAttributes(systemAttributes);
  return {
    MD5OfMessageBody: md5(body),
    ...(own && { MD5OfMessageAttributes: own }),
    ...(system && { MD5OfMessageSystemAttributes: system }),
  };
}

function checkDelay(seconds: number): void {
  const { min, max } = NUMBERS.DelaySeconds;
  if (seconds >= min && seconds <= max) return;
  const reason = `DelaySeconds must be >= ${min} and <= ${max}.`;
  throw invalidValue({ name: "DelaySeconds", value: seconds, reason });
}

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
function attributesOf(
  given: Readonly<Record<string, Checked<MessageAttributeValue>>>,
): MessageAttributes {
  const entries = Object.entries(given);
  if (entries.length > MAX_MESSAGE_ATTRIBUTES) {
    throw invalidMessageAttribute(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAX_MESSAGE_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, attributeOf(name, value)]));
}

const NAME = /^(?!(aws|amazon)\.)(?!.*\.\.)(?!\.)[\w.-]{1,256}(?<!\.)$/i;
const TYPE = /^(String|Number|Binary)(\..+)?$/;

function attributeOf(
  name: string,
  { DataType, StringValue, BinaryValue }: Checked<MessageAttributeValue>,
): MessageAttribute {
  if (!NAME.test(name)) {
    throw invalidMessageAttribute(
      `The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`,
    );
  }
  const [, kind] = TYPE.exec(DataType) ?? [];
  if (kind === undefined) {
    throw invalidMessageAttribute(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const value = kind === "Binary" ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0) {
    throw invalidMessageAttribute(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  if (kind === "Number" && Number.isNaN(Number(value))) {
    throw invalidMessageAttribute(
      `Can't cast the value of message (user) attribute '${name}' to a number.`,
    );
  }
  return { type: DataType, value };
}

/** Whether XML could carry a text. */
function isSound(body: string): boolean {
  return !/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(body);
}

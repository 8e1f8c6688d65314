import { createHash } from "node:crypto";

/** A message's attribute: its type with its own suffix ("Number.int"), and text or bytes. */
export interface MessageAttribute {
  readonly type: string;
  readonly value: string | Uint8Array;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a sender says of a message. */
export interface Draft {
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** Those that are AWS's own: AWSTraceHeader. */
  readonly systemAttributes: MessageAttributes;
  readonly groupId?: string | undefined;
  readonly senderId: string;
}

/** A message in a queue. Times are milliseconds since the epoch. */
export interface Message extends Draft {
  readonly id: string;
  readonly sentAt: number;
  /** From when on it may be received: after its delay, or once its receiver's time is up. */
  visibleAt: number;
  /** The one that deletes it; none before it was received. */
  receiptHandle: string | undefined;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  /** The queue that gave it up. */
  deadLetterSourceArn: string | undefined;
}

export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/**
 * The digest that clients hold against their own; none of no attributes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  const measured = (part: string | Uint8Array) => {
    const bytes = Buffer.from(part);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  const BINARY = 2;
  const TEXT = 1;
  for (const name of names) {
    const { type, value } = attributes[name] as MessageAttribute;
    measured(name);
    measured(type);
    hash.update(Buffer.of(typeof value === "string" ? TEXT : BINARY));
    measured(value);
  }
  return hash.digest("hex");
}

/** What counts against a queue's limit: the body, and attributes with their names and types. */
export function sizeOf({ body, attributes }: Pick<Draft, "body" | "attributes">): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, { type, value }] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(type);
    bytes += typeof value === "string" ? Buffer.byteLength(value) : value.byteLength;
  }
  return bytes;
}

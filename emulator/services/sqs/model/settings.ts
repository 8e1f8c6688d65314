import { invalidAttributeValue, invalidValue, notEmulated, unknownAttribute } from "../errors.ts";
import { MAX_RECEIVE_COUNT, NUMBERS } from "../limits.ts";

/** Where messages go that were received too often. */
export interface RedrivePolicy {
  readonly deadLetterArn: string;
  readonly maxReceiveCount: number;
}

/** A queue's settings: attributes by AWS's names, and what they say where that is more than a text. */
export interface QueueSettings {
  readonly attributes: Readonly<Record<string, string>>;
  readonly delayMs: number;
  readonly maxBytes: number;
  readonly retentionMs: number;
  readonly waitMs: number;
  readonly visibilityMs: number;
  readonly redrive: RedrivePolicy | undefined;
}

/** Shown again, and without effect: everybody may do everything here, and nothing is encrypted. */
const KEPT = [
  "KmsDataKeyReusePeriodSeconds",
  "KmsMasterKeyId",
  "Policy",
  "RedriveAllowPolicy",
  "SqsManagedSseEnabled",
];

const FIFO = [
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "FifoQueue",
  "FifoThroughputLimit",
];

const INITIAL: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(NUMBERS).map(([name, { initial }]) => [name, String(initial)]),
  ),
  SqsManagedSseEnabled: "true",
};

/**
 * The settings with what a request changes; an empty text takes a policy away.
 * @throws AwsError naming the attribute that is wrong
 */
export function changedSettings(
  given: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>> = INITIAL,
): QueueSettings {
  const attributes: Record<string, string> = { ...before };
  for (const [name, value] of Object.entries(given)) {
    if (FIFO.includes(name)) throw notEmulated(`FIFO queues: ${name}`);
    if (Object.hasOwn(NUMBERS, name)) checkNumber(name as keyof typeof NUMBERS, value);
    else if (name !== "RedrivePolicy" && !KEPT.includes(name)) throw unknownAttribute(name);
    if (value === "") delete attributes[name];
    else attributes[name] = value;
  }
  const ms = (name: keyof typeof NUMBERS) => Number(attributes[name]) * 1000;
  const { RedrivePolicy } = attributes;
  return {
    attributes,
    delayMs: ms("DelaySeconds"),
    maxBytes: Number(attributes.MaximumMessageSize),
    retentionMs: ms("MessageRetentionPeriod"),
    waitMs: ms("ReceiveMessageWaitTimeSeconds"),
    visibilityMs: ms("VisibilityTimeout"),
    redrive: RedrivePolicy === undefined ? undefined : redrivePolicy(RedrivePolicy),
  };
}

/** The first attribute of a request in which a queue differs from it. */
export function differing(
  { attributes }: QueueSettings,
  given: Readonly<Record<string, string>>,
): string | undefined {
  return Object.keys(given).find((name) => attributes[name] !== given[name]);
}

function checkNumber(name: keyof typeof NUMBERS, value: string): void {
  const { min, max } = NUMBERS[name];
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) throw invalidAttributeValue(name);
}

function redrivePolicy(text: string): RedrivePolicy {
  const invalid = (reason: string) => invalidValue({ name: "RedrivePolicy", value: text, reason });
  const { deadLetterTargetArn, maxReceiveCount } = parsed(text) ?? {};
  if (typeof deadLetterTargetArn !== "string") {
    throw invalid("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
  }
  if (maxReceiveCount === undefined) {
    throw invalid("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
  }
  const count = Number(maxReceiveCount);
  if (!Number.isInteger(count) || count < 1 || count > MAX_RECEIVE_COUNT) {
    throw invalid(
      `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to ${MAX_RECEIVE_COUNT} both inclusive.`,
    );
  }
  return { deadLetterArn: deadLetterTargetArn, maxReceiveCount: count };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

import { AwsError } from "../../core/errors.ts";

export const queueNotFound = () =>
  new AwsError("QueueDoesNotExist", "The specified queue does not exist.");

export const queueExists = (attribute: string) =>
  new AwsError(
    "QueueNameExists",
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
  );

export const invalidValue = ({
  name,
  value,
  reason,
}: {
  name: string;
  value: unknown;
  reason: string;
}) =>
  new AwsError(
    "InvalidParameterValue",
    `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`,
  );

export const invalidAttributeValue = (name: string) =>
  new AwsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.`);

export const unknownAttribute = (name: string) =>
  new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);

export const invalidQueueName = () =>
  new AwsError(
    "InvalidParameterValue",
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
  );

export const notEmulated = (what: string) =>
  new AwsError("UnsupportedOperation", `${what} is not emulated by Wavetank yet.`);

export const missingParameter = (name: string) =>
  new AwsError("MissingParameter", `The request must contain the parameter ${name}.`);

export const invalidCharacters = () =>
  new AwsError(
    "InvalidMessageContents",
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
  );

export const messageTooLong = (maxBytes: number) =>
  new AwsError(
    "InvalidParameterValue",
    `One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`,
  );

export const invalidMessageAttribute = (message: string) =>
  new AwsError("InvalidParameterValue", message);

export const receiptHandleInvalid = (handle: string) =>
  new AwsError(
    "ReceiptHandleIsInvalid",
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  );

export const notAvailableForChange = (handle: string) =>
  invalidValue({
    name: "ReceiptHandle",
    value: handle,
    reason: "Message does not exist or is not available for visibility timeout change.",
  });

export const purgedRecently = (name: string) =>
  new AwsError(
    "PurgeQueueInProgress",
    `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`,
  );

export const emptyBatch = (entryType: string) =>
  new AwsError("EmptyBatchRequest", `There should be at least one ${entryType} in the request.`);

export const tooManyEntries = ({ sent, max }: { sent: number; max: number }) =>
  new AwsError(
    "TooManyEntriesInBatchRequest",
    `Maximum number of entries per request are ${max}. You have sent ${sent}.`,
  );

export const idRepeated = (id: string) =>
  new AwsError("BatchEntryIdsNotDistinct", `Id ${id} repeated.`);

export const invalidEntryId = () =>
  new AwsError(
    "InvalidBatchEntryId",
    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
  );

export const batchTooLong = ({ sent, max }: { sent: number; max: number }) =>
  new AwsError(
    "BatchRequestTooLong",
    `Batch requests cannot be longer than ${max} bytes. You have sent ${sent} bytes.`,
  );

export const deadLetterQueueMissing = (policy: string) =>
  invalidValue({
    name: "RedrivePolicy",
    value: policy,
    reason: "Dead letter target does not exist.",
  });

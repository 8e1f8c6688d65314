// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
export const QUEUE_NAME = /^[\w-]{1,80}$/;
export const MAX_LISTED_QUEUES = 1_000;

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
export const MAX_MESSAGE_BYTES = 1_048_576;
export const MAX_BATCH_ENTRIES = 10;
export const BATCH_ENTRY_ID = /^[\w-]{1,80}$/;
export const MAX_MESSAGE_ATTRIBUTES = 10;
export const MAX_RECEIVED = 10;

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
/** The numbers among a queue's attributes: from, to, and what a queue has without being told. */
export const NUMBERS = {
  DelaySeconds: { min: 0, max: 900, initial: 0 },
  MaximumMessageSize: { min: 1_024, max: MAX_MESSAGE_BYTES, initial: MAX_MESSAGE_BYTES },
  MessageRetentionPeriod: { min: 60, max: 1_209_600, initial: 345_600 },
  ReceiveMessageWaitTimeSeconds: { min: 0, max: 20, initial: 0 },
  VisibilityTimeout: { min: 0, max: 43_200, initial: 30 },
} as const;
export const MAX_RECEIVE_COUNT = 1_000;

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html
export const PURGE_PAUSE_MS = 60_000;

/** The largest batch, which JSON may write with six characters a byte, and a little more. */
export const MAX_REQUEST_BYTES = 8 * 1024 * 1024;

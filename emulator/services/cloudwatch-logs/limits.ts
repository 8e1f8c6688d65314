import { list, oneOf, range, structure, text } from "../../core/limits.ts";

// Lengths, ranges and patterns: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html
export const groupName = text({ min: 1, max: 512, pattern: String.raw`[\.\-_/#A-Za-z0-9]+` });
export const groupIdentifier = text({ min: 1, max: 2048, pattern: String.raw`[\w#+=/:,.@-]*` });
export const streamName = text({ min: 1, max: 512, pattern: "[^:*]*" });
export const streamNames = list({ min: 1, max: 100, each: streamName });
export const describePage = range(1, 50);
export const orderBy = oneOf(["LogStreamName", "LastEventTime"]);
export const DESCRIBE_PAGE = 50;
export const MAX_EVENTS = 10_000;
export const eventsPage = range(1, MAX_EVENTS);
export const filterPattern = text({ max: 1024 });
export const time = range(0, Number.MAX_SAFE_INTEGER);

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
export const logEvents = list({
  min: 1,
  max: MAX_EVENTS,
  each: structure({ timestamp: time, message: text({ min: 1 }) }),
});
export const MAX_BATCH_BYTES = 1_048_576;
export const EVENT_OVERHEAD_BYTES = 26;
export const MAX_SPAN_MS = 24 * 3_600_000;
export const MAX_FUTURE_MS = 2 * 3_600_000;
export const MAX_PAST_MS = 14 * 24 * 3_600_000;

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
export const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** A stream's last events are kept: a tank that runs for weeks must not fill the machine. */
export const KEPT_EVENTS = 20_000;

import { AwsError } from "../../core/errors.ts";

export const streamNotFound = (name: string, accountId: string) =>
  new AwsError("ResourceNotFoundException", `Stream ${name} under account ${accountId} not found.`);

export const streamExists = (name: string, accountId: string) =>
  new AwsError(
    "ResourceInUseException",
    `Stream ${name} under account ${accountId} already exists.`,
  );

export const streamNotActive = (name: string, accountId: string, status: string) =>
  new AwsError(
    "ResourceInUseException",
    `Stream ${name} under account ${accountId} not ACTIVE, instead in state ${status}`,
  );

export const shardNotFound = (id: string, stream: string, accountId: string) =>
  new AwsError(
    "ResourceNotFoundException",
    `Shard ${id} in stream ${stream} under account ${accountId} does not exist`,
  );

export const shardLimitExceeded = (limit: number, asked: number) =>
  new AwsError(
    "LimitExceededException",
    `This request would exceed the shard limit for the account. Limit: ${limit}. Number of additional shards that would have been created: ${asked}.`,
  );

export const streamNotNamed = () =>
  new AwsError("InvalidArgumentException", "StreamARN or StreamName must be provided.");

export const streamNamesDiffer = (name: string, arn: string) =>
  new AwsError(
    "InvalidArgumentException",
    `StreamName ${name} and StreamARN ${arn} name different streams.`,
  );

export const modeNeedsNoShardCount = () =>
  new AwsError("ValidationException", "ShardCount must not be specified for StreamMode ON_DEMAND.");

export const invalidArgument = (message: string) =>
  new AwsError("InvalidArgumentException", message);

export const hashKeyOutOfRange = (key: string) =>
  invalidArgument(
    `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${key}`,
  );

export const invalidOrderingNumber = (number: string, stream: string, accountId: string) =>
  invalidArgument(
    `ExclusiveMinimumSequenceNumber ${number} used in PutRecord on stream ${stream} under account ${accountId} is invalid.`,
  );

/** What AWS says to every wrong pair of an iterator's type and a number to start from. */
const STARTING_CHOICE =
  "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber.";

export const startingNumberMissing = (type: string) =>
  invalidArgument(`${STARTING_CHOICE} Request specified ${type} and no StartingSequenceNumber.`);

export const startingNumberNotWanted = (type: string) =>
  invalidArgument(
    `${STARTING_CHOICE} Request specified ${type} and also a StartingSequenceNumber.`,
  );

export const startingNumberOfAnotherShard = (encodes: string, shard: string) =>
  invalidArgument(
    `Invalid StartingSequenceNumber. It encodes ${encodes}, while it was used in a call to a shard with ${shard}`,
  );

/** Where a starting number was used. */
interface NumberUse {
  readonly shard: string;
  readonly stream: string;
  readonly accountId: string;
}

export const startingNumberInvalid = (number: string, { shard, stream, accountId }: NumberUse) =>
  invalidArgument(
    `StartingSequenceNumber ${number} used in GetShardIterator on shard ${shard} in stream ${stream} under account ${accountId} is invalid.`,
  );

export const startingNumberForeign = (number: string, { shard, stream, accountId }: NumberUse) =>
  invalidArgument(
    `StartingSequenceNumber ${number} used in GetShardIterator on shard ${shard} in stream ${stream} under account ${accountId} is invalid because it did not come from this stream.`,
  );

export const timestampMissing = () =>
  invalidArgument(
    "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
  );

export const timestampInFuture = (at: number, now: number) =>
  invalidArgument(
    `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${at}, currentTimestampInMillis: ${now}`,
  );

/** UNCONFIRMED: the wording. */
export const iteratorOfAnotherStream = (arn: string) =>
  invalidArgument(`ShardIterator does not belong to stream ${arn}.`);

export const invalidIterator = () => invalidArgument("Invalid ShardIterator.");

export const expiredNextToken = () =>
  new AwsError("ExpiredNextTokenException", "NextToken expired.");

export const iteratorExpired = (issuedAt: number, now: number) =>
  new AwsError(
    "ExpiredIteratorException",
    `Iterator expired. The iterator was created at time ${javaDate(issuedAt)} while right now it is ${javaDate(now)} which is further in the future than the tolerated delay of 300000 milliseconds.`,
  );

export const throughputExceeded = (shardId: string, stream: string, accountId: string) =>
  new AwsError(
    "ProvisionedThroughputExceededException",
    `Rate exceeded for shard ${shardId} in stream ${stream} under account ${accountId}.`,
  );

export const recordTooLarge = (bytes: number, maxBytes: number) =>
  new AwsError(
    "ValidationException",
    `1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to ${maxBytes} (data and partition key are ${bytes} bytes).`,
  );

export const recordsTooLarge = (maxMiB: number) =>
  invalidArgument(`Records size exceeds ${maxMiB} MB limit`);

export const retentionNotLonger = (asked: number, stream: string, now: number) =>
  invalidArgument(
    `Requested retention period (${asked} hours) for stream ${stream} can not be shorter than existing retention period (${now} hours). Use DecreaseRetentionPeriod API.`,
  );

export const retentionNotShorter = (asked: number, stream: string, now: number) =>
  invalidArgument(
    `Requested retention period (${asked} hours) for stream ${stream} can not be longer than existing retention period (${now} hours). Use IncreaseRetentionPeriod API.`,
  );

export const parameterNotEmulated = (name: string) =>
  new AwsError("ValidationException", `${name} is not emulated by Wavetank yet.`);

/** The way Java prints a date: "Thu Jan 01 00:00:00 UTC 2026". */
function javaDate(ms: number): string {
  const [weekday, day, month, year, time] = new Date(ms).toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}

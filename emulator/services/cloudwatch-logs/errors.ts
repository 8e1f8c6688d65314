import { AwsError } from "../../core/errors.ts";

const notFound = (message: string) =>
  new AwsError("ResourceNotFoundException", message, { status: 400 });
const exists = (message: string) =>
  new AwsError("ResourceAlreadyExistsException", message, { status: 400 });
const invalid = (message: string) =>
  new AwsError("InvalidParameterException", message, { status: 400 });

export const groupNotFound = () => notFound("The specified log group does not exist.");
export const streamNotFound = () => notFound("The specified log stream does not exist.");
export const groupExists = () => exists("The specified log group already exists");
export const streamExists = () => exists("The specified log stream already exists");
export const invalidToken = () => invalid("The specified nextToken is invalid.");
export const notChronological = () =>
  invalid("Log events in a single PutLogEvents request must be in chronological order.");

// UNCONFIRMED: the wording of the rest.
export const groupNamedTwice = () =>
  new AwsError(
    "ValidationException",
    "LogGroup name and LogGroup ARN are mutually exclusive parameters.",
    { status: 400 },
  );
export const groupNotNamed = () =>
  invalid("Either logGroupName or logGroupIdentifier must be specified.");
export const streamsNamedTwice = () =>
  invalid("logStreamNamePrefix and logStreamNames are mutually exclusive.");
export const prefixNeedsNameOrder = () =>
  invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
export const batchTooLarge = (bytes: number) =>
  invalid(`Upload too large: ${bytes} bytes exceeds limit of 1048576`);
export const batchTooLong = () =>
  invalid(
    "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
  );
export const retentionInvalid = (days: number) =>
  invalid(`retentionInDays ${days} is none of the values that CloudWatch Logs has.`);
export const patternNotEmulated = (pattern: string) =>
  invalid(
    `The filter pattern '${pattern}' is none that Wavetank reads: terms, "quoted terms", ?term and -term, { $.json = value } and [columns, ...] are; %regular expressions% are not.`,
  );
export const notEmulated = (name: string) => invalid(`${name} is not emulated by Wavetank yet.`);

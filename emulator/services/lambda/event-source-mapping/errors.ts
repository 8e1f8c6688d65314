import { AwsError } from "../../../core/errors.ts";

const invalid = (message: string) => new AwsError("InvalidParameterValueException", message);

export const functionMissing = () => invalid("Function does not exist");

export const streamMissing = (arn: string) => invalid(`Stream not found: ${arn}`);

export const sourceUnrecognized = () => invalid("Unrecognized event source.");

export const sourceNotEmulated = (service: string) =>
  invalid(`Event sources of ${service} are not emulated by Wavetank yet; Kinesis streams are.`);

export const startingPositionMissing = () =>
  invalid(
    "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
  );

export const timestampMissing = () =>
  invalid("StartingPositionTimestamp must be set when StartingPosition is AT_TIMESTAMP.");

export const timestampNotAllowed = () =>
  invalid("StartingPositionTimestamp is for StartingPosition AT_TIMESTAMP only.");

export const timestampInFuture = () =>
  invalid("StartingPositionTimestamp must not be in the future.");

export const recordAgeInvalid = () =>
  invalid("MaximumRecordAgeInSeconds must be -1 or from 60 to 604800.");

export const destinationNotEmulated = (arn: string) =>
  invalid(
    `On-failure destination ${arn} is not emulated by Wavetank yet; S3 buckets and standard SQS queues are.`,
  );

export const filterPatternInvalid = () => invalid("Invalid filter pattern definition.");

export const mappingParameterNotEmulated = (name: string) =>
  invalid(`${name} is not emulated by Wavetank yet.`);

/** The spaces inside the quotes are AWS's. */
export const mappingExists = (options: {
  eventSourceArn: string;
  functionArn: string;
  id: string;
}) =>
  new AwsError(
    "ResourceConflictException",
    `The event source arn (" ${options.eventSourceArn} ") and function (" ${options.functionArn.split(":function:")[1]} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${options.id}`,
  );

export const mappingNotFound = () =>
  new AwsError("ResourceNotFoundException", "The resource you requested does not exist.");

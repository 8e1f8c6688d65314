import { AwsError } from "../../core/errors.ts";

export const functionNotFound = (arn: string) =>
  new AwsError("ResourceNotFoundException", `Function not found: ${arn}`);

export const functionsNotReachable = (asked: string, region: string) =>
  new AwsError(
    "ResourceNotFoundException",
    `Functions from '${asked}' are not reachable in this region ('${region}')`,
  );

export const functionExists = (name: string) =>
  new AwsError("ResourceConflictException", `Function already exist: ${name}`);

export const functionNotActive = (state: string) =>
  new AwsError(
    "ResourceConflictException",
    `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
  );

export const updateInProgress = (arn: string) =>
  new AwsError(
    "ResourceConflictException",
    `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
  );

export const revisionDiffers = () =>
  new AwsError(
    "PreconditionFailedException",
    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
  );

export const invalidParameter = (message: string) =>
  new AwsError("InvalidParameterValueException", message);

export const qualifiersDiffer = () =>
  invalidParameter(
    "The derived qualifier from the function name does not match the specified qualifier.",
  );

export const latestNotDeletable = () =>
  invalidParameter("$LATEST version cannot be deleted without deleting the function.");

export const runtimeAndHandlerMissing = () =>
  invalidParameter(
    "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
  );

export const unknownRuntime = (runtime: string, known: readonly string[]) =>
  invalidParameter(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${known.join(", ")}] or be a valid ARN`,
  );

export const runtimeNotEmulated = (runtime: string) =>
  invalidParameter(
    `Runtime ${runtime} is not emulated by Wavetank yet: functions run in Node.js (nodejs*) or Python (python3.*).`,
  );

export const parameterNotEmulated = (name: string) =>
  invalidParameter(`${name} is not emulated by Wavetank yet.`);

export const reservedVariables = (names: readonly string[]) =>
  invalidParameter(
    `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${names.join(", ")}`,
  );

export const variablesTooLarge = (measured: string) =>
  invalidParameter(
    `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${measured}`,
  );

export const codeMissing = () => invalidParameter("Please provide a source for function code.");

export const zipUnreadable = () =>
  invalidParameter(
    "Could not unzip uploaded file. Please check your file, then try to upload again.",
  );

export const zipEntryRefused = (entry: string, reason: string) =>
  invalidParameter(`Could not unzip uploaded file: its entry ${entry} ${reason}.`);

export const unzippedTooLarge = (maxBytes: number) =>
  invalidParameter(`Unzipped size must be smaller than ${maxBytes} bytes`);

export const zippedTooLarge = (maxBytes: number) =>
  new AwsError(
    "RequestEntityTooLargeException",
    `Zipped size must be smaller than ${maxBytes} bytes`,
    { status: 413 },
  );

export const objectNotReadable = (code: string, message: string) =>
  invalidParameter(
    `Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${message}`,
  );

export const folderNotFound = (folder: string) =>
  invalidParameter(
    `The code folder ${folder} (S3Bucket hot-reload) is not an absolute path of a folder.`,
  );

export const payloadTooLarge = ({
  bytes,
  type,
  maxBytes,
}: {
  bytes: number;
  type: string;
  maxBytes: number;
}) =>
  new AwsError(
    "RequestEntityTooLargeException",
    `${bytes} byte payload is too large for the ${type} invocation type (limit ${maxBytes} bytes)`,
    { status: 413 },
  );

// UNCONFIRMED: what follows the second colon are the words of a Java parser, which ours are not.
export const payloadNotJson = (reason: string) =>
  new AwsError(
    "InvalidRequestContentException",
    `Could not parse request body into json: Could not parse payload into json: ${reason}`,
  );

// UNCONFIRMED: AWS's words are not known.
export const clientContextNotJson = () =>
  new AwsError(
    "InvalidRequestContentException",
    "Client context must be a valid Base64-encoded JSON object.",
  );

export type ThrottleReason =
  | "ConcurrentInvocationLimitExceeded"
  | "ReservedFunctionConcurrentInvocationLimitExceeded";

export const concurrencyExceeded = (Reason: ThrottleReason) =>
  new AwsError("TooManyRequestsException", "Rate Exceeded.", {
    members: { Reason },
    headers: { "Retry-After": "1" },
  });

export const engineStopped = () =>
  new AwsError("ServiceException", "The tank is stopping.", { status: 500 });

export const functionUnreachable = (reason: string) =>
  new AwsError("ServiceException", `The function's container: ${reason}`, { status: 500 });

export const rieFunctionUnclear = (named: string | undefined, deployed: number) =>
  new AwsError(
    "ResourceNotFoundException",
    named === undefined
      ? `${deployed} functions are deployed, so it is not clear which one this path runs; name one in WAVETANK_RIE_FUNCTION.`
      : `Function not found: ${named}, which WAVETANK_RIE_FUNCTION names.`,
  );

export const nameTooLong = (name: string, maxLength: number) =>
  new AwsError(
    "ValidationException",
    `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to ${maxLength}`,
  );

export const qualifierNotAllowed = () =>
  invalidParameter(
    "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
  );

export const unreservedTooFew = (minimum: number) =>
  invalidParameter(
    `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${minimum}].`,
  );

export const codeDiffers = (given: string, current: string) =>
  invalidParameter(
    `CodeSHA256 (${given}) is different from current CodeSHA256 in $LATEST (${current}). Please try again with the CodeSHA256 in $LATEST.`,
  );

export const aliasNotDeletable = () =>
  invalidParameter("Deletion of aliases is not currently supported.");

// UNCONFIRMED: AWS's words are not known.
export const versionInUse = (arn: string, aliases: readonly string[]) =>
  new AwsError(
    "ResourceConflictException",
    `The version ${arn} cannot be deleted while aliases point to it: ${aliases.join(", ")}`,
  );

export const aliasExists = (arn: string) =>
  new AwsError("ResourceConflictException", `Alias already exists: ${arn}`);

export const aliasNotFound = (arn: string) =>
  new AwsError("ResourceNotFoundException", `Cannot find alias arn: ${arn}`);

export const tooManyWeights = () =>
  invalidParameter("Number of items in AdditionalVersionWeights cannot be greater than 1");

export const weightOutOfRange = (version: string, weight: number) =>
  new AwsError(
    "ValidationException",
    `1 validation error detected: Value '{${version}=${weight}}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0]`,
  );

export const latestNotShared = () =>
  invalidParameter("$LATEST is not supported for an alias pointing to more than 1 version");

export const versionSharedWithItself = (version: string) =>
  invalidParameter(
    `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
  );

export const eventInvokeConfigMissing = (arn: string) =>
  new AwsError(
    "ResourceNotFoundException",
    `The function ${arn} doesn't have an EventInvokeConfig`,
  );

export const eventInvokeConfigEmpty = () =>
  invalidParameter("You must specify at least one of error handling or destination setting.");

export const statementExists = (id: string) =>
  new AwsError(
    "ResourceConflictException",
    `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
  );

export const statementNotFound = (id: string) =>
  new AwsError("ResourceNotFoundException", `Statement ${id} is not found in resource policy.`);

export const policyNotFound = () =>
  new AwsError("ResourceNotFoundException", "The resource you requested does not exist.");

export const tagsNotOnVersions = () =>
  invalidParameter(
    "Tags on function aliases and versions are not supported. Please specify a function ARN.",
  );

export const tooManyTags = () => invalidParameter("Number of tags exceeds resource tag limit.");

// UNCONFIRMED: AWS's words are not known.
export const destinationArnInvalid = (arn: string) =>
  invalidParameter(`The destination ARN ${arn} is invalid.`);

export const destinationIsItself = () =>
  invalidParameter("You can't specify the function as a destination for itself.");

export const invalidMarker = () => invalidParameter("Invalid Marker.");

export const functionUrlNotFound = () =>
  new AwsError("ResourceNotFoundException", "The resource you requested does not exist.");

export const functionUrlExists = (arn: string) =>
  new AwsError(
    "ResourceConflictException",
    `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
  );

export const urlQualifierInvalid = () =>
  invalidParameter("A function URL belongs to a function or an alias, and to no version.");

// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
export const scheduleExpressionInvalid = () =>
  new AwsError("ValidationException", "Parameter ScheduleExpression is not valid.");

export const scheduleTargetInvalid = (targetArn: string) =>
  new AwsError(
    "ValidationException",
    `Wavetank's schedules call functions, and ${targetArn} names none.`,
  );

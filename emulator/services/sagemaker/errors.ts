import { randomUUID } from "node:crypto";
import { AwsError } from "../../core/errors.ts";
import { s3Location } from "./model/model-data.ts";

// Names and texts: the API does not model ValidationException, yet answers it for what is missing or
// exists already; its waiters count on that.

const invalid = (message: string) => new AwsError("ValidationException", message, { status: 400 });

/** What errors call the three kinds of resource. */
export type ResourceKind = "model" | "endpoint configuration" | "endpoint";

export const notFound = (kind: ResourceKind, arn: string) =>
  invalid(`Could not find ${kind} "${arn}".`);

export const alreadyExists = (kind: ResourceKind, arn: string) =>
  invalid(`Cannot create already existing ${kind} "${arn}".`);

export const endpointInProgress = (arn: string) =>
  invalid(`Cannot update in-progress endpoint "${arn}".`);

export const modelDataNotFound = (uri: string) => invalid(`Could not find model data at ${uri}.`);

/** An ARN as AddTags and its like take them. */
export const taggedNotFound = (arn: string) =>
  new AwsError("ResourceNotFound", `Could not find the resource "${arn}".`, { status: 400 });

export const variantsNotPresent = (names: readonly string[], config: string) =>
  invalid(
    `The variant name(s) "${names.join(", ")}" is/are not present within endpoint configuration "${config}".`,
  );

/** The waiters of the SDKs take a ValidationException for a job that is not there. */
export const transformJobNotFound = (name: string) =>
  invalid(`Could not find requested job with name: ${name}`);

export const transformJobExists = (arn: string) =>
  new AwsError("ResourceInUse", `Job name must be unique within an account and region: ${arn}`, {
    status: 400,
  });

// UNCONFIRMED: the wording of what follows is ours.
export const transformNotRunning = (name: string, status: string) =>
  invalid(`The transform job ${name} cannot be stopped: its status is ${status}.`);

export const badTransform = (fault: string) => invalid(fault);

/** What an invocation of an overloaded variant is answered. */
export const serviceUnavailable = (variant: string) =>
  new AwsError(
    "ServiceUnavailable",
    `The instances of variant ${variant} are busy and their queues are full.`,
    { status: 503 },
  );

export const endpointFailed = (arn: string) =>
  invalid(`Cannot update endpoint "${arn}" whose status is Failed; it can only be deleted.`);

export const noInstances = (variant: string) =>
  invalid(`DesiredInstanceCount of variant "${variant}" must be at least 1.`);

export const registeredForScaling = (variant: string) =>
  invalid(
    `Variant "${variant}" is registered with Application Auto Scaling. Deregister it before it is removed or its instance type changes.`,
  );

export const alarmNotFound = (alarm: string) => invalid(`Could not find alarm "${alarm}".`);

export const badDeployment = (fault: string) => invalid(fault);

export const shadowNeedsOneVariant = () =>
  invalid("A shadow variant needs exactly one production variant and one shadow variant.");

export const badCapacity = (fault: string) => invalid(fault);

export const variantNameTwice = (name: string) =>
  invalid(`The variant name "${name}" was non-unique within the request.`);

export const memberMissing = (member: string) =>
  invalid(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );

export const containersGivenTwice = () =>
  invalid("Specify either PrimaryContainer or Containers, not both.");

export const modelDataGivenTwice = () =>
  invalid("Specify either ModelDataUrl or ModelDataSource, not both.");

export const modelDataMisplaced = (uri: string) =>
  invalid(`Model data is read from an S3 object, s3://bucket/key; "${uri}" names none.`);

export const modelDataNotAnArchive = (uri: string) =>
  invalid(`ModelDataUrl must point to a gzip-compressed tar archive (.tar.gz), not "${uri}".`);

export const multiModelConfigMisplaced = () =>
  invalid("MultiModelConfig goes with a container of Mode MultiModel.");

export const invalidNextToken = () => invalid("Invalid NextToken.");

export const notEmulated = (what: string) => invalid(`${what} is not emulated by Wavetank yet.`);

/** What an invocation is answered whose model cannot be had: the runtime API calls it ValidationError. */
const invalidTarget = (message: string) =>
  new AwsError("ValidationError", message, { status: 400 });

export const targetModelMissing = () =>
  invalidTarget(`Request ${randomUUID()} is missing a target model header.`);

export const modelDownloadFailed = (uri: string, cause: string) => {
  const { bucket = "", key = "" } = s3Location(uri) ?? {};
  return invalidTarget(
    `Failed to download model data (bucket: ${bucket}, key: ${key}). (${cause})`,
  );
};

export const modelNotExtracted = (uri: string, cause: string) => {
  const { bucket = "", key = "" } = s3Location(uri) ?? {};
  return invalidTarget(
    `Failed to extract model data (bucket: ${bucket}, key: ${key}). Please ensure that the object is a valid tar.gz archive. (${cause})`,
  );
};

export const modelNotReady = (model: string) =>
  new AwsError("ModelNotReadyException", `Model ${model} is still being loaded. Try again later.`, {
    status: 429,
  });

export const modelLoadTimedOut = (model: string) =>
  new AwsError("InternalFailure", `Model ${model} was not loaded within 360 seconds.`, {
    status: 500,
  });

export const endpointStops = () =>
  new AwsError("ServiceUnavailable", "The endpoint stops.", { status: 503 });

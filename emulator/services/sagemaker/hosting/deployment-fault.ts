import { messageOf, WavetankError } from "../../../core/errors.ts";

/**
 * Why an endpoint could not be created: its FailureReason.
 *
 * DIFFERS: AWS's sentence, followed by the cause in parentheses, which AWS leaves to the container's log.
 */
export class DeploymentFault extends Error {
  override readonly name = "DeploymentFault";
}

/** What AWS calls the only container of a model. */
const CONTAINER = "container_1";

export const downloadFailed = (uri: string, cause: unknown) =>
  fault(
    `Failed to download model data for container "${CONTAINER}" from URL: "${uri}". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the object.`,
    cause,
  );

export const extractionFailed = (uri: string, cause: unknown) =>
  fault(
    `Failed to extract model data archive for container "${CONTAINER}" from URL "${uri}". Please ensure that the object located at the URL is a valid tar.gz archive.`,
    cause,
  );

export const pingFailed = (variant: string, cause: unknown) =>
  fault(
    `The primary container for production variant ${variant} did not pass the ping health check. Please check CloudWatch logs for this endpoint.`,
    cause,
  );

// UNCONFIRMED: the wording is ours.
export const alarmed = (alarms: readonly string[]) =>
  new DeploymentFault(
    `The update was rolled back: alarms are in state ALARM: ${alarms.join(", ")}.`,
  );

function fault(sentence: string, cause: unknown): DeploymentFault {
  const hint = cause instanceof WavetankError ? ` ${cause.hint}` : "";
  return new DeploymentFault(`${sentence} (${messageOf(cause)}${hint})`, { cause });
}

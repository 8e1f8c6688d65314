import { arn } from "../../core/arn.ts";
import { AwsError } from "../../core/errors.ts";
import type { Scope } from "../../core/service.ts";

const invalid = (message: string) => new AwsError("ValidationError", message);

export const endpointNotFound = (name: string, accountId: string) =>
  invalid(`Endpoint ${name} of account ${accountId} not found.`);

// UNCONFIRMED: the wording of the next four is ours.
export const endpointNotInService = (name: string, status: string) =>
  invalid(`Endpoint ${name} is not InService: its status is ${status}.`);

export const variantNotFound = (variant: string, endpoint: string) =>
  invalid(`Variant ${variant} of endpoint ${endpoint} not found.`);

export const notForThisEndpoint = (member: string, needs: string) =>
  invalid(`${member} must not be given: it is for ${needs}.`);

export const targetModelMisplaced = () =>
  notForThisEndpoint("TargetModel", "multi-model endpoints");

export const asynchronousOnly = (endpoint: string) =>
  invalid(`Endpoint ${endpoint} is asynchronous: invoke it by InvokeEndpointAsync.`);

export const notAsynchronous = (endpoint: string) =>
  invalid(`Endpoint ${endpoint} has no AsyncInferenceConfig: invoke it by InvokeEndpoint.`);

export const inputGivenOnce = () => invalid("Specify either InputLocation or Body.");

export const requestExpired = (ttlMs: number) =>
  invalid(`The request waited longer than its RequestTTLSeconds of ${ttlMs / 1000}.`);

export const notEmulated = (member: string) =>
  invalid(`${member} is not emulated by Wavetank yet.`);

/** Where a failed invocation happened. */
export interface FailedInvocation extends Scope {
  readonly endpointName: string;
  /** What the container answered; 0 when it did not. */
  readonly status: number;
  readonly message: string;
}

/** What a container's answer outside 2xx becomes: its own 4xx is wrapped as well. */
export const modelError = (failed: FailedInvocation) => {
  const { endpointName, status, message, region, accountId } = failed;
  const isClientFault = status >= 400 && status < 500;
  const fault = isClientFault ? "client error" : "server error";
  const group = `/aws/sagemaker/Endpoints/${endpointName}`;
  return new AwsError(
    "ModelError",
    `Received ${fault} (${status}) from primary with message "${message}". See https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logEventViewer:group=${group} in account ${accountId} for more information.`,
    {
      members: {
        ErrorCode: isClientFault ? "CLIENT_ERROR_FROM_MODEL" : "INTERNAL_FAILURE_FROM_MODEL",
        LogStreamArn: arn("logs", failed, `log-group:${group}`),
        OriginalMessage: message,
        OriginalStatusCode: status,
      },
    },
  );
};

export const timedOut = (failed: Omit<FailedInvocation, "status" | "message">) =>
  modelError({
    ...failed,
    status: 0,
    message:
      "Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.",
  });

// UNCONFIRMED: AWS's text names CPU and memory as likely causes; the rest is ours.
export const unreachable = (failed: Omit<FailedInvocation, "status" | "message">, cause: string) =>
  modelError({
    ...failed,
    status: 0,
    message: `Could not get a response from the endpoint; its CPU or memory utilization may be high (${cause})`,
  });

import { AwsError } from "../../core/errors.ts";

const invalid = (message: string) => new AwsError("ValidationException", message, { status: 400 });

const missing = (message: string) =>
  new AwsError("ObjectNotFoundException", message, { status: 400 });

/** The triple by which AWS names a target. */
export interface TargetName {
  readonly serviceNamespace: string;
  readonly resourceId: string;
  readonly scalableDimension: string;
}

const words = ({ serviceNamespace, resourceId, scalableDimension }: TargetName) =>
  `service namespace: ${serviceNamespace}, resource ID: ${resourceId}, scalable dimension: ${scalableDimension}`;

export const targetNotFound = (name: TargetName) =>
  missing(`No scalable target registered for ${words(name)}`);

export const policyNotFound = (policy: string, name: TargetName) =>
  missing(`No scaling policy found for ${words(name)}, scaling policy name: ${policy}`);

export const actionNotFound = (action: string, name: TargetName) =>
  missing(`No scheduled action found for ${words(name)}, scheduled action name: ${action}`);

export const invalidNextToken = () =>
  new AwsError("InvalidNextTokenException", "The next token is invalid.", { status: 400 });

export const resourceNotFound = (arn: string) =>
  new AwsError("ResourceNotFoundException", `The resource ${arn} does not exist.`, {
    members: { ResourceName: arn },
  });

export const tooMany = (what: string, max: number) =>
  new AwsError("LimitExceededException", `There are ${max} ${what} already.`, { status: 400 });

// UNCONFIRMED: the wording of what follows is ours.
export const notEmulated = (what: string) => invalid(`${what} is not emulated by Wavetank yet.`);

export const badResourceId = (resourceId: string) =>
  invalid(`Resource ID "${resourceId}" is not of the form endpoint/<name>/variant/<name>.`);

export const variantNotFound = (resourceId: string) =>
  invalid(
    `SageMaker endpoint variant not found: ${resourceId}. Check the endpoint's and the variant's name.`,
  );

export const capacitiesMissing = () =>
  invalid("MinCapacity and MaxCapacity are required to register a new scalable target.");

export const capacitiesCrossed = () => invalid("MaxCapacity must not be less than MinCapacity.");

export const configurationMissing = (member: string) =>
  invalid(`${member} is required for this PolicyType.`);

export const metricMissing = () =>
  invalid("Specify either PredefinedMetricSpecification or CustomizedMetricSpecification.");

export const unitUnknown = (unit: string) => invalid(`CloudWatch has no unit ${unit}.`);

export const invalidSchedule = (text: string) =>
  invalid(
    `Schedule "${text}" is none of at(yyyy-mm-ddThh:mm:ss), rate(value unit) and cron(six fields).`,
  );

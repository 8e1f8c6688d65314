import type { Scope } from "../../core/service.ts";
import { badResourceId, notEmulated } from "./errors.ts";

export const SERVICE_NAMESPACE = "sagemaker";
export const SCALABLE_DIMENSION = "sagemaker:variant:DesiredInstanceCount";

/** Splits what names a target into endpoint and variant. @throws AwsError for what is not emulated */
export function variantOf(named: {
  readonly ServiceNamespace: string;
  readonly ResourceId: string;
  readonly ScalableDimension: string;
}): { endpoint: string; variant: string } {
  const { ServiceNamespace, ResourceId, ScalableDimension } = named;
  if (ServiceNamespace !== SERVICE_NAMESPACE) {
    throw notEmulated(`ServiceNamespace ${ServiceNamespace}`);
  }
  if (ScalableDimension !== SCALABLE_DIMENSION) {
    throw notEmulated(`ScalableDimension ${ScalableDimension}`);
  }
  const [, endpoint, variant] = /^endpoint\/([^/]+)\/variant\/([^/]+)$/.exec(ResourceId) ?? [];
  if (endpoint === undefined || variant === undefined) throw badResourceId(ResourceId);
  return { endpoint, variant };
}

export const nameOf = (resourceId: string) => ({
  serviceNamespace: SERVICE_NAMESPACE,
  resourceId,
  scalableDimension: SCALABLE_DIMENSION,
});

// Policies and scheduled actions live in EC2 Auto Scaling's ARN space.
export const policyArn = (
  { region, accountId }: Scope,
  { id, resourceId, name }: { id: string; resourceId: string; name: string },
) =>
  `arn:aws:autoscaling:${region}:${accountId}:scalingPolicy:${id}:resource/${SERVICE_NAMESPACE}/${resourceId}:policyName/${name}`;

export const actionArn = (
  { region, accountId }: Scope,
  { id, resourceId, name }: { id: string; resourceId: string; name: string },
) =>
  `arn:aws:autoscaling:${region}:${accountId}:scheduledAction:${id}:resource/${SERVICE_NAMESPACE}/${resourceId}:scheduledActionName/${name}`;

/** The alarm that target tracking makes for itself. */
export const alarmName = (resourceId: string, side: "High" | "Low", id: string) =>
  `TargetTracking-${resourceId}-Alarm${side}-${id}`;

/** Whether a Describe's filters leave the only kind of target there is. */
export function isAskedFor(
  filter: {
    readonly ServiceNamespace: string;
    readonly ResourceId?: string | undefined;
    readonly ScalableDimension?: string | undefined;
  },
  resourceId?: string,
): boolean {
  const {
    ServiceNamespace,
    ResourceId = resourceId,
    ScalableDimension = SCALABLE_DIMENSION,
  } = filter;
  if (ServiceNamespace !== SERVICE_NAMESPACE || ScalableDimension !== SCALABLE_DIMENSION)
    return false;
  return ResourceId === resourceId;
}

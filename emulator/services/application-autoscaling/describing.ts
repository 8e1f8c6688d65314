import type {
  ScalableTarget as Described,
  ScheduledAction as DescribedAction,
  ScalingPolicy,
} from "@aws-sdk/client-application-auto-scaling";
import { arn } from "../../core/arn.ts";
import { decodeToken, encodeToken } from "../../core/paginate.ts";
import { invalidNextToken } from "./errors.ts";
import { DEFAULT_PAGE } from "./limits.ts";
import { SCALABLE_DIMENSION, SERVICE_NAMESPACE } from "./naming.ts";
import type { Policy, ScalableTarget, ScheduledAction } from "./scalable-target.ts";
import { trackingAlarms } from "./tracking-alarms.ts";

interface PageQuery {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** One page of what a Describe operation lists. */
export function pageOf<T>(
  all: readonly T[],
  { MaxResults = DEFAULT_PAGE, NextToken }: PageQuery,
): { items: T[]; next: { NextToken?: string } } {
  const start = NextToken === undefined ? 0 : Number(decodeToken(NextToken));
  if (!Number.isInteger(start) || start < 0) throw invalidNextToken();
  const end = start + MaxResults;
  const next = end < all.length ? { NextToken: encodeToken(end) } : {};
  return { items: all.slice(start, end), next };
}

const place = ({ resourceId }: ScalableTarget) =>
  ({
    ServiceNamespace: SERVICE_NAMESPACE,
    ResourceId: resourceId,
    ScalableDimension: SCALABLE_DIMENSION,
  }) as const;

export function describeTarget(target: ScalableTarget): Described {
  const { suspended, scope } = target;
  return {
    ...place(target),
    MinCapacity: target.min,
    MaxCapacity: target.max,
    RoleARN: `arn:aws:iam::${scope.accountId}:role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint`,
    CreationTime: new Date(target.createdAt),
    SuspendedState: {
      DynamicScalingInSuspended: suspended.DynamicScalingInSuspended ?? false,
      DynamicScalingOutSuspended: suspended.DynamicScalingOutSuspended ?? false,
      ScheduledScalingSuspended: suspended.ScheduledScalingSuspended ?? false,
    },
    ScalableTargetARN: target.arn,
  };
}

export function describePolicy(target: ScalableTarget, policy: Policy): ScalingPolicy {
  return {
    ...place(target),
    PolicyARN: policy.arn,
    PolicyName: policy.name,
    PolicyType: policy.tracking ? "TargetTrackingScaling" : "StepScaling",
    ...(policy.tracking && { TargetTrackingScalingPolicyConfiguration: policy.tracking.config }),
    ...(policy.steps && { StepScalingPolicyConfiguration: policy.steps }),
    Alarms: alarmsOf(target, policy),
    CreationTime: new Date(policy.createdAt),
  };
}

/** A step policy's alarms are the caller's, and not told. */
export function alarmsOf(target: ScalableTarget, policy: Policy) {
  return trackingAlarms(target, policy).map(({ AlarmName }) => ({
    AlarmName,
    AlarmARN: arn("cloudwatch", target.scope, `alarm:${AlarmName}`),
  }));
}

export function describeAction(target: ScalableTarget, action: ScheduledAction): DescribedAction {
  const { min, max, startsAt, endsAt } = action;
  return {
    ...place(target),
    ScheduledActionName: action.name,
    ScheduledActionARN: action.arn,
    Schedule: action.text,
    ...(startsAt !== undefined && { StartTime: new Date(startsAt) }),
    ...(endsAt !== undefined && { EndTime: new Date(endsAt) }),
    ScalableTargetAction: {
      ...(min !== undefined && { MinCapacity: min }),
      ...(max !== undefined && { MaxCapacity: max }),
    },
    CreationTime: new Date(action.createdAt),
  };
}

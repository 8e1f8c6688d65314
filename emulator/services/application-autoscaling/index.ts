import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { ApplicationAutoScalingEngine } from "./engine.ts";
import type { ApplicationAutoScalingNeeds } from "./needs.ts";
import { DeleteScalingPolicy } from "./operations/delete-scaling-policy.ts";
import { DeleteScheduledAction } from "./operations/delete-scheduled-action.ts";
import { DeregisterScalableTarget } from "./operations/deregister-scalable-target.ts";
import { DescribeScalableTargets } from "./operations/describe-scalable-targets.ts";
import { DescribeScalingActivities } from "./operations/describe-scaling-activities.ts";
import { DescribeScalingPolicies } from "./operations/describe-scaling-policies.ts";
import { DescribeScheduledActions } from "./operations/describe-scheduled-actions.ts";
import { ListTagsForResource } from "./operations/list-tags-for-resource.ts";
import { PutScalingPolicy } from "./operations/put-scaling-policy.ts";
import { PutScheduledAction } from "./operations/put-scheduled-action.ts";
import { RegisterScalableTarget } from "./operations/register-scalable-target.ts";

export type { ApplicationAutoScalingEngine } from "./engine.ts";
export type {
  AlarmAction,
  ApplicationAutoScalingNeeds,
  PolicyAlarms,
  ScalableVariant,
  ScalableVariants,
} from "./needs.ts";

/** Application Auto Scaling, for the instance counts of SageMaker's variants. */
export function applicationAutoScaling(
  context: TankContext,
  needs: ApplicationAutoScalingNeeds,
): Service & { readonly engine: ApplicationAutoScalingEngine } {
  return {
    name: "application-autoscaling",
    protocol: "aws-json-1.1",
    target: "AnyScaleFrontendService",
    engine: new ApplicationAutoScalingEngine(context, needs),
    maxBodyBytes: 1024 * 1024,
    model: () => import("@aws-sdk/client-application-auto-scaling"),
    operations: {
      DeleteScalingPolicy,
      DeleteScheduledAction,
      DeregisterScalableTarget,
      DescribeScalableTargets,
      DescribeScalingActivities,
      DescribeScalingPolicies,
      DescribeScheduledActions,
      ListTagsForResource,
      PutScalingPolicy,
      PutScheduledAction,
      RegisterScalableTarget,
    },
  };
}

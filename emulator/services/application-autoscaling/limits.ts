import {
  AdjustmentType,
  PolicyType,
  ScalableDimension,
  ServiceNamespace,
} from "@aws-sdk/client-application-auto-scaling";
import { list, oneOf, range, structure, text } from "../../core/limits.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html
export const serviceNamespace = oneOf(Object.values(ServiceNamespace));
export const scalableDimension = oneOf(Object.values(ScalableDimension));
export const resourceId = text({ min: 1, max: 1600 });
export const policyName = text({ min: 1, max: 256, pattern: "[ -~]+" });
export const policyType = oneOf(Object.values(PolicyType));
export const scheduledActionName = text({ min: 1, max: 256, pattern: "[^:/|]*" });
export const schedule = text({ min: 1, max: 1600 });
export const resourceIds = list({ max: 50 });
export const page = range(1, 50);
export const DEFAULT_PAGE = 50;
export const stepScaling = structure({
  AdjustmentType: oneOf(Object.values(AdjustmentType)),
  StepAdjustments: list({ max: 20 }),
});

/** What names a target. */
export const targetName = {
  ServiceNamespace: serviceNamespace,
  ResourceId: resourceId,
  ScalableDimension: scalableDimension,
};

// https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-quotas.html
export const MAX_POLICIES = 50;
export const MAX_SCHEDULED_ACTIONS = 200;

/** Activities of six weeks: one for each of the busiest minutes of a day and then some. */
export const MAX_ACTIVITIES = 5_000;
export const DEFAULT_COOLDOWN_SECONDS = 300;

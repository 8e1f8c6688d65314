import { randomUUID } from "node:crypto";
import {
  PutScalingPolicy$,
  type PutScalingPolicyRequest,
  type PutScalingPolicyResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { type Checked, operation } from "../../../core/service.ts";
import { alarmsOf } from "../describing.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";
import { configurationMissing, notEmulated, tooMany } from "../errors.ts";
import { MAX_POLICIES, policyName, policyType, stepScaling, targetName } from "../limits.ts";
import { policyArn, variantOf } from "../naming.ts";
import type { ScalableTarget } from "../scalable-target.ts";
import { metricOf } from "../tracked-metric.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html
type Input = PutScalingPolicyRequest;

export const PutScalingPolicy = operation<
  ApplicationAutoScalingEngine,
  Input,
  PutScalingPolicyResponse
>({
  schema: PutScalingPolicy$,
  limits: {
    ...targetName,
    PolicyName: policyName,
    PolicyType: policyType,
    StepScalingPolicyConfiguration: stepScaling,
  },
  handle(scaling, input, call) {
    variantOf(input);
    const target = scaling.target(call, input.ResourceId);
    const { PolicyName: name, ResourceId: resourceId } = input;
    const known = target.policies.get(name);
    if (!known && target.policies.size >= MAX_POLICIES) throw tooMany("policies", MAX_POLICIES);
    const kind = kindOf(input, target);
    const id = known?.id ?? randomUUID();
    const policy = {
      name,
      id,
      arn: policyArn(target.scope, { id, resourceId, name }),
      createdAt: known?.createdAt ?? scaling.now(),
      sequence: known?.sequence ?? scaling.nextSequence(),
      ...kind,
    };
    scaling.putPolicy(target, policy);
    return { PolicyARN: policy.arn, Alarms: alarmsOf(target, policy) };
  },
  summarize: ({ PolicyName, ResourceId }) => `${ResourceId} · ${PolicyName}`,
});

function kindOf(input: Checked<Input>, target: ScalableTarget) {
  const { PolicyType = "StepScaling" } = input;
  if (PolicyType === "StepScaling") {
    const steps = input.StepScalingPolicyConfiguration;
    if (!steps) throw configurationMissing("StepScalingPolicyConfiguration");
    return { steps, tracking: undefined };
  }
  if (PolicyType !== "TargetTrackingScaling") throw notEmulated(`PolicyType ${PolicyType}`);
  const config = input.TargetTrackingScalingPolicyConfiguration;
  if (!config) throw configurationMissing("TargetTrackingScalingPolicyConfiguration");
  return { steps: undefined, tracking: { config, metric: metricOf(config, target) } };
}

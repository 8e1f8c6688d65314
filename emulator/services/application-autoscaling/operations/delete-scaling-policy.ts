import {
  DeleteScalingPolicy$,
  type DeleteScalingPolicyRequest,
  type DeleteScalingPolicyResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { operation } from "../../../core/service.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";
import { policyNotFound } from "../errors.ts";
import { targetName } from "../limits.ts";
import { nameOf, variantOf } from "../naming.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScalingPolicy.html
type Input = DeleteScalingPolicyRequest;
type Output = DeleteScalingPolicyResponse;

export const DeleteScalingPolicy = operation<ApplicationAutoScalingEngine, Input, Output>({
  schema: DeleteScalingPolicy$,
  limits: targetName,
  handle(scaling, input, call) {
    variantOf(input);
    const { PolicyName, ResourceId } = input;
    const target = scaling.target(call, ResourceId);
    const policy = target.policies.get(PolicyName);
    if (!policy) throw policyNotFound(PolicyName, nameOf(ResourceId));
    scaling.deletePolicy(target, policy);
    return {};
  },
  summarize: ({ PolicyName, ResourceId }) => `${ResourceId} · ${PolicyName}`,
});

import {
  DescribeScalingPolicies$,
  type DescribeScalingPoliciesRequest,
  type DescribeScalingPoliciesResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { list } from "../../../core/limits.ts";
import { operation } from "../../../core/service.ts";
import { describePolicy, pageOf } from "../describing.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";
import { page, targetName } from "../limits.ts";
import { isAskedFor } from "../naming.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html
type Input = DescribeScalingPoliciesRequest;
type Output = DescribeScalingPoliciesResponse;

export const DescribeScalingPolicies = operation<ApplicationAutoScalingEngine, Input, Output>({
  schema: DescribeScalingPolicies$,
  limits: { ...targetName, PolicyNames: list({ max: 50 }), MaxResults: page },
  handle(scaling, input, call) {
    const { PolicyNames = [] } = input;
    const wanted = scaling
      .targets(call)
      .filter(({ resourceId }) => isAskedFor(input, resourceId))
      .flatMap((target) => [...target.policies.values()].map((policy) => ({ target, policy })))
      .filter(({ policy }) => PolicyNames.length === 0 || PolicyNames.includes(policy.name));
    const { items, next } = pageOf(wanted, input);
    const described = items.map(({ target, policy }) => describePolicy(target, policy));
    return { ScalingPolicies: described, ...next };
  },
  summarize: (_input, { ScalingPolicies }) => `${ScalingPolicies?.length} policies`,
});

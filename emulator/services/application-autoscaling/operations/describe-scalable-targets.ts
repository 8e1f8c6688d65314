import {
  DescribeScalableTargets$,
  type DescribeScalableTargetsRequest,
  type DescribeScalableTargetsResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { operation } from "../../../core/service.ts";
import { describeTarget, pageOf } from "../describing.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";
import { page, resourceIds, scalableDimension, serviceNamespace } from "../limits.ts";
import { isAskedFor } from "../naming.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html
type Input = DescribeScalableTargetsRequest;
type Output = DescribeScalableTargetsResponse;

export const DescribeScalableTargets = operation<ApplicationAutoScalingEngine, Input, Output>({
  schema: DescribeScalableTargets$,
  limits: {
    ServiceNamespace: serviceNamespace,
    ScalableDimension: scalableDimension,
    ResourceIds: resourceIds,
    MaxResults: page,
  },
  handle(scaling, input, call) {
    const wanted = scaling.targets(call).filter((target) => {
      const { ResourceIds = [] } = input;
      if (ResourceIds.length > 0 && !ResourceIds.includes(target.resourceId)) return false;
      return isAskedFor(input);
    });
    const { items, next } = pageOf(wanted, input);
    return { ScalableTargets: items.map(describeTarget), ...next };
  },
  summarize: (_input, { ScalableTargets }) => `${ScalableTargets?.length} targets`,
});

import {
  DescribeScalingActivities$,
  type DescribeScalingActivitiesRequest,
  type DescribeScalingActivitiesResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { operation } from "../../../core/service.ts";
import { pageOf } from "../describing.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";
import { page, targetName } from "../limits.ts";
import { isAskedFor } from "../naming.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingActivities.html
type Input = DescribeScalingActivitiesRequest;
type Output = DescribeScalingActivitiesResponse;

export const DescribeScalingActivities = operation<ApplicationAutoScalingEngine, Input, Output>({
  schema: DescribeScalingActivities$,
  limits: { ...targetName, MaxResults: page },
  handle(scaling, input, call) {
    const wanted = scaling
      .targets(call)
      .filter(({ resourceId }) => isAskedFor(input, resourceId))
      .flatMap(({ activities }) => activities)
      .filter((activity) => input.IncludeNotScaledActivities || !activity.NotScaledReasons)
      // UNCONFIRMED: newest first.
      .sort((a, b) => Number(b.StartTime) - Number(a.StartTime));
    const { items, next } = pageOf(wanted, input);
    return { ScalingActivities: items, ...next };
  },
  summarize: (_input, { ScalingActivities }) => `${ScalingActivities?.length} activities`,
});

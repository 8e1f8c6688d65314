import {
  DescribeScheduledActions$,
  type DescribeScheduledActionsRequest,
  type DescribeScheduledActionsResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { operation } from "../../../core/service.ts";
import { describeAction, pageOf } from "../describing.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";
import { page, targetName } from "../limits.ts";
import { isAskedFor } from "../naming.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScheduledActions.html
type Input = DescribeScheduledActionsRequest;
type Output = DescribeScheduledActionsResponse;

export const DescribeScheduledActions = operation<ApplicationAutoScalingEngine, Input, Output>({
  schema: DescribeScheduledActions$,
  limits: { ...targetName, MaxResults: page },
  handle(scaling, input, call) {
    const { ScheduledActionNames = [] } = input;
    const wanted = scaling
      .targets(call)
      .filter(({ resourceId }) => isAskedFor(input, resourceId))
      .flatMap((target) => [...target.actions.values()].map((action) => ({ target, action })))
      .filter(
        ({ action }) =>
          ScheduledActionNames.length === 0 || ScheduledActionNames.includes(action.name),
      );
    const { items, next } = pageOf(wanted, input);
    const described = items.map(({ target, action }) => describeAction(target, action));
    return { ScheduledActions: described, ...next };
  },
  summarize: (_input, { ScheduledActions }) => `${ScheduledActions?.length} scheduled actions`,
});

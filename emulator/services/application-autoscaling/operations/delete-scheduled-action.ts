import {
  DeleteScheduledAction$,
  type DeleteScheduledActionRequest,
  type DeleteScheduledActionResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { operation } from "../../../core/service.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";
import { actionNotFound } from "../errors.ts";
import { targetName } from "../limits.ts";
import { nameOf, variantOf } from "../naming.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScheduledAction.html
type Input = DeleteScheduledActionRequest;
type Output = DeleteScheduledActionResponse;

export const DeleteScheduledAction = operation<ApplicationAutoScalingEngine, Input, Output>({
  schema: DeleteScheduledAction$,
  limits: targetName,
  handle(scaling, input, call) {
    variantOf(input);
    const { ScheduledActionName: name, ResourceId } = input;
    const { actions } = scaling.target(call, ResourceId);
    if (!actions.delete(name)) throw actionNotFound(name, nameOf(ResourceId));
    return {};
  },
  summarize: ({ ScheduledActionName, ResourceId }) => `${ResourceId} · ${ScheduledActionName}`,
});

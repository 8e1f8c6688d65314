import {
  DeregisterScalableTarget$,
  type DeregisterScalableTargetRequest,
  type DeregisterScalableTargetResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { operation } from "../../../core/service.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";
import { targetName } from "../limits.ts";
import { variantOf } from "../naming.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html
type Input = DeregisterScalableTargetRequest;
type Output = DeregisterScalableTargetResponse;

export const DeregisterScalableTarget = operation<ApplicationAutoScalingEngine, Input, Output>({
  schema: DeregisterScalableTarget$,
  limits: targetName,
  handle(scaling, input, call) {
    variantOf(input);
    // Its policies and scheduled actions go with it.
    scaling.deregister(call, input.ResourceId);
    return {};
  },
  summarize: ({ ResourceId }) => ResourceId,
});

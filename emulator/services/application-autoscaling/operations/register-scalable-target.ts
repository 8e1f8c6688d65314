import {
  RegisterScalableTarget$,
  type RegisterScalableTargetRequest,
  type RegisterScalableTargetResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { range } from "../../../core/limits.ts";
import { operation } from "../../../core/service.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";
import { targetName } from "../limits.ts";
import { variantOf } from "../naming.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
type Input = RegisterScalableTargetRequest;
type Output = RegisterScalableTargetResponse;
const capacity = range(0, Number.POSITIVE_INFINITY);

export const RegisterScalableTarget = operation<ApplicationAutoScalingEngine, Input, Output>({
  schema: RegisterScalableTarget$,
  limits: { ...targetName, MinCapacity: capacity, MaxCapacity: capacity },
  handle(scaling, input, call) {
    const target = scaling.register(call, {
      resourceId: input.ResourceId,
      ...variantOf(input),
      min: input.MinCapacity,
      max: input.MaxCapacity,
      suspended: input.SuspendedState,
    });
    for (const [key, value] of Object.entries(input.Tags ?? {})) target.tags.set(key, value);
    return { ScalableTargetARN: target.arn };
  },
  summarize: ({ ResourceId }) => ResourceId,
});

import type {
  StepAdjustment,
  StepScalingPolicyConfiguration,
} from "@aws-sdk/client-application-auto-scaling";

// https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html

/** The step for a metric that lies `difference` above, or below, the alarm's threshold. */
export function stepFor(
  steps: readonly StepAdjustment[],
  difference: number,
): StepAdjustment | undefined {
  return steps.find(({ MetricIntervalLowerBound: lower, MetricIntervalUpperBound: upper }) => {
    const from = lower ?? Number.NEGATIVE_INFINITY;
    const to = upper ?? Number.POSITIVE_INFINITY;
    // Above the threshold the lower bound is part of a step, below it the upper one.
    return difference >= 0
      ? difference >= from && difference < to
      : difference > from && difference <= to;
  });
}

/** The capacity that a step asks for, before minimum and maximum. */
export function stepped(
  capacity: number,
  { ScalingAdjustment: adjustment = 0 }: StepAdjustment,
  policy: StepScalingPolicyConfiguration,
): number {
  const { AdjustmentType, MinAdjustmentMagnitude = 0 } = policy;
  if (AdjustmentType === "ExactCapacity") return adjustment;
  if (AdjustmentType !== "PercentChangeInCapacity") return capacity + adjustment;
  const change = roundedPercent((capacity * adjustment) / 100);
  const magnitude = Math.max(Math.abs(change), MinAdjustmentMagnitude);
  return capacity + Math.sign(adjustment) * magnitude;
}

/** Above 1 rounded down, between 0 and 1 to 1, between 0 and -1 to -1, below -1 rounded up. */
function roundedPercent(change: number): number {
  if (change === 0) return 0;
  return Math.abs(change) < 1 ? Math.sign(change) : Math.trunc(change);
}

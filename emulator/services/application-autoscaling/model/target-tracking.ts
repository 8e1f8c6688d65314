// https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
// UNCONFIRMED: the numbers of datapoints and the margin, as seen in alarms that AWS has made; AWS's text says
// only that a low alarm is usually more than 10 % below the target.
export const HIGH_DATAPOINTS = 3;
export const LOW_DATAPOINTS = 15;
export const LOW_MARGIN = 0.9;

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/**
 * The capacity at which the metric would be at its target, rounded up.
 * UNCONFIRMED: AWS calls it proportional and rounds so that availability comes first.
 */
export function proportional(capacity: number, metric: { value: number; target: number }): number {
  // Without the margin, 3 × 0.1 ÷ 0.1 would be a little more than 3.
  return Math.ceil((capacity * metric.value) / metric.target - 1e-9);
}

export function clamp(capacity: number, { min, max }: Bounds): number {
  return Math.min(max, Math.max(min, capacity));
}

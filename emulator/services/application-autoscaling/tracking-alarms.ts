import { HIGH_DATAPOINTS, LOW_DATAPOINTS, LOW_MARGIN } from "./model/target-tracking.ts";
import { alarmName } from "./naming.ts";
import type { TrackingAlarm } from "./needs.ts";
import type { Policy, ScalableTarget } from "./scalable-target.ts";

/** The alarms that a target tracking policy makes for itself; a step policy's are the caller's. */
export function trackingAlarms(
  { resourceId }: ScalableTarget,
  { arn, id, tracking }: Policy,
): TrackingAlarm[] {
  if (!tracking) return [];
  const { TargetValue: target = 0, DisableScaleIn } = tracking.config;
  const common = {
    ...tracking.metric,
    AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${arn}.`,
    AlarmActions: [arn],
  };
  const high: TrackingAlarm = {
    ...common,
    AlarmName: alarmName(resourceId, "High", id),
    ComparisonOperator: "GreaterThanThreshold",
    EvaluationPeriods: HIGH_DATAPOINTS,
    Threshold: target,
  };
  const low: TrackingAlarm = {
    ...common,
    AlarmName: alarmName(resourceId, "Low", id),
    ComparisonOperator: "LessThanThreshold",
    EvaluationPeriods: LOW_DATAPOINTS,
    Threshold: target * LOW_MARGIN,
  };
  return DisableScaleIn ? [high] : [high, low];
}

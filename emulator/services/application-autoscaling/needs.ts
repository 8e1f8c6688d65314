import type { PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch";
import type { Checked, Scope } from "../../core/service.ts";

type AlarmInput = Checked<PutMetricAlarmInput>;

/** Which metric an alarm watches. */
export type TrackedMetric = Pick<
  AlarmInput,
  "Namespace" | "MetricName" | "Dimensions" | "Statistic" | "Unit" | "Period" | "Metrics"
>;

/** The alarm of a target tracking policy, as PutMetricAlarm takes it. */
export type TrackingAlarm = TrackedMetric &
  Pick<AlarmInput, "AlarmName" | "AlarmDescription" | "AlarmActions"> &
  Pick<AlarmInput, "ComparisonOperator" | "EvaluationPeriods" | "Threshold">;

/** An alarm wants something done; it says so again as long as its state lasts. */
export interface AlarmAction {
  /** The ARN of what is to be done. */
  readonly action: string;
  readonly alarmName: string;
  readonly scope: Scope;
  /** Whether the alarm has just come into its state. */
  readonly isNew: boolean;
  /** The alarm's newest datapoint, where there is one. */
  readonly value: number | undefined;
  readonly threshold: number;
}

/** CloudWatch's alarms, as far as scaling makes and follows them. */
export interface PolicyAlarms {
  /** @throws AwsError for a metric that no alarm can watch */
  putAlarm(scope: Scope, alarm: TrackingAlarm): void;
  deleteAlarm(scope: Scope, name: string): void;
  alarmState(
    scope: Scope,
    name: string,
  ): { readonly value: string; readonly newest: number | undefined } | undefined;
  /** `listener` says whether the action was one of its own. */
  onAlarmAction(listener: (action: AlarmAction) => boolean): Disposable;
}

/** A variant of an endpoint, as far as scaling knows it. */
export interface ScalableVariant {
  readonly desiredInstanceCount: number;
  /** Whether its endpoint can be updated now. */
  readonly isSettled: boolean;
  /** Resolves once the instances are there; throws what UpdateEndpointWeightsAndCapacities would answer. */
  setDesiredInstanceCount(count: number): Promise<void>;
}

export interface ScalableVariants {
  find(scope: Scope, name: { endpoint: string; variant: string }): ScalableVariant | undefined;
}

/** What scaling needs of the rest of the tank. */
export interface ApplicationAutoScalingNeeds {
  readonly variants: ScalableVariants;
  readonly alarms: PolicyAlarms;
  /** How long a minute of scaling takes; a minute when absent. */
  readonly periodMs?: number;
}

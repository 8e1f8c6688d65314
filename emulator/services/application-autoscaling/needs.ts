import type { Scope } from "../../core/service.ts";

/** A metric as CloudWatch names it. */
export interface MetricQuery extends Scope {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** "Sum", "Average"… */
  readonly statistic: string;
}

/** Where scaling reads its metrics. */
export interface MetricSource {
  /** Whether there is such a metric at all. */
  has(query: MetricQuery): boolean;
  /** Its value over the period that began at `from`; `undefined` when nothing was reported. */
  valueAt(query: MetricQuery, from: number): number | undefined;
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
  readonly metrics: MetricSource;
  /** How long a minute of scaling takes; a minute when absent. */
  readonly periodMs?: number;
}

import type {
  TargetTrackingMetricDataQuery,
  TargetTrackingScalingPolicyConfiguration,
} from "@aws-sdk/client-application-auto-scaling";
import { StandardUnit } from "@aws-sdk/client-cloudwatch";
import type { Checked } from "../../core/service.ts";
import { metricMissing, notEmulated, unitUnknown } from "./errors.ts";
import type { TrackedMetric } from "./needs.ts";
import type { ScalableTarget } from "./scalable-target.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html
const INVOCATIONS_PER_INSTANCE = "SageMakerVariantInvocationsPerInstance";
const PERIOD_SECONDS = 60;

/** The metric that a policy holds at its target. */
export function metricOf(
  {
    PredefinedMetricSpecification: predefined,
    CustomizedMetricSpecification: customized,
  }: Checked<TargetTrackingScalingPolicyConfiguration>,
  { endpoint, variant }: ScalableTarget,
): TrackedMetric {
  if (predefined) {
    if (customized) throw metricMissing();
    const type = predefined.PredefinedMetricType;
    if (type !== INVOCATIONS_PER_INSTANCE) throw notEmulated(`PredefinedMetricType ${type}`);
    return {
      Namespace: "AWS/SageMaker",
      MetricName: "InvocationsPerInstance",
      Dimensions: [
        { Name: "EndpointName", Value: endpoint },
        { Name: "VariantName", Value: variant },
      ],
      Statistic: "Sum",
      Period: PERIOD_SECONDS,
    };
  }
  if (!customized) throw metricMissing();
  const { Metrics, ...metric } = customized;
  if (Metrics) return { Metrics: Metrics.map(queryOf) };
  const { Unit, Dimensions = [], ...names } = metric;
  return { ...names, ...unitOf(Unit), Dimensions, Period: PERIOD_SECONDS };
}

type Query = Checked<TargetTrackingMetricDataQuery>;

/** Policies' queries have no period of their own: it is always a minute. */
function queryOf({ MetricStat, ...query }: Query): NonNullable<TrackedMetric["Metrics"]>[number] {
  if (!MetricStat) return query;
  const { Unit, ...stat } = MetricStat;
  return { ...query, MetricStat: { ...stat, ...unitOf(Unit), Period: PERIOD_SECONDS } };
}

/** UNCONFIRMED: when a unit that CloudWatch has not is refused. */
function unitOf(text: string | undefined): { Unit?: StandardUnit } {
  if (text === undefined) return {};
  const Unit = Object.values(StandardUnit).find((unit) => unit === text);
  if (!Unit) throw unitUnknown(text);
  return { Unit };
}

import type { TargetTrackingScalingPolicyConfiguration } from "@aws-sdk/client-application-auto-scaling";
import { metricMissing, notEmulated } from "./errors.ts";
import type { MetricQuery } from "./needs.ts";
import type { ScalableTarget } from "./scalable-target.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html
const INVOCATIONS_PER_INSTANCE = "SageMakerVariantInvocationsPerInstance";

/** The metric that a policy holds at its target. */
export function metricOf(
  {
    PredefinedMetricSpecification: predefined,
    CustomizedMetricSpecification: customized,
  }: TargetTrackingScalingPolicyConfiguration,
  { endpoint, variant, scope }: ScalableTarget,
): MetricQuery {
  if ((predefined === undefined) === (customized === undefined)) throw metricMissing();
  if (predefined) {
    const type = predefined.PredefinedMetricType;
    if (type !== INVOCATIONS_PER_INSTANCE) throw notEmulated(`PredefinedMetricType ${type}`);
    return {
      ...scope,
      namespace: "AWS/SageMaker",
      metricName: "InvocationsPerInstance",
      dimensions: { EndpointName: endpoint, VariantName: variant },
      statistic: "Sum",
    };
  }
  if (customized?.Metrics) throw notEmulated("CustomizedMetricSpecification with Metrics");
  const pairs = (customized?.Dimensions ?? []).map(({ Name = "", Value = "" }) => [Name, Value]);
  return {
    ...scope,
    namespace: customized?.Namespace ?? "",
    metricName: customized?.MetricName ?? "",
    dimensions: Object.fromEntries(pairs),
    statistic: customized?.Statistic ?? "",
  };
}

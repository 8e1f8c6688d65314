import type {
  MetricQuery,
  MetricSource,
  ScalableVariants,
} from "../services/application-autoscaling/index.ts";
import type { SageMakerEngine } from "../services/sagemaker/index.ts";

const MINUTE_MS = 60_000;

/** What scaling may do with the variants of the tank's own endpoints. */
export function scaledVariants(sagemaker: SageMakerEngine): ScalableVariants {
  return {
    find(scope, { endpoint: name, variant }) {
      const endpoint = sagemaker.find(name, scope);
      const serving = endpoint?.variant(variant);
      const planned = endpoint?.plan.variants.find((each) => each.name === variant);
      if (!endpoint || !planned || endpoint.status === "Deleting") return undefined;
      return {
        desiredInstanceCount: serving?.desiredInstanceCount ?? planned.instanceCount,
        isSettled: endpoint.status === "InService",
        setDesiredInstanceCount(instanceCount) {
          const desired = [{ variantName: variant, instanceCount, weight: undefined }];
          return sagemaker.updateCapacities(scope, { name, desired }).done;
        },
      };
    },
  };
}

/** AWS/SageMaker's per-minute sums, as variants count them; a shorter period is taken for a minute. */
export function variantMetrics(
  sagemaker: SageMakerEngine,
  periodMs: number = MINUTE_MS,
): MetricSource {
  return {
    has: ({ namespace, metricName, statistic, dimensions }) =>
      namespace === "AWS/SageMaker" &&
      statistic === "Sum" &&
      ["InvocationsPerInstance", "Invocations"].includes(metricName) &&
      Object.keys(dimensions).sort().join() === "EndpointName,VariantName",
    valueAt({ metricName, dimensions, accountId, region }: MetricQuery, from) {
      const { EndpointName = "", VariantName = "" } = dimensions;
      const endpoint = sagemaker.find(EndpointName, { accountId, region });
      const load = endpoint?.variant(VariantName)?.load.at(from);
      if (!load) return undefined;
      const sum = metricName === "Invocations" ? load.invocations : load.perInstance;
      return sum * (MINUTE_MS / periodMs);
    },
  };
}

import type { ScalableVariants } from "../services/application-autoscaling/index.ts";
import type { SageMakerEngine } from "../services/sagemaker/index.ts";

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

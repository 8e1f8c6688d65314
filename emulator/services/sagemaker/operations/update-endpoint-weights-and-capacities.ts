import {
  UpdateEndpointWeightsAndCapacities$,
  type UpdateEndpointWeightsAndCapacitiesInput,
  type UpdateEndpointWeightsAndCapacitiesOutput,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { desiredCapacities, endpointName } from "../limits.ts";
import { refuseInCapacity } from "../unemulated.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpointWeightsAndCapacities.html
type Input = UpdateEndpointWeightsAndCapacitiesInput;
type Output = UpdateEndpointWeightsAndCapacitiesOutput;

export const UpdateEndpointWeightsAndCapacities = operation<SageMakerEngine, Input, Output>({
  schema: UpdateEndpointWeightsAndCapacities$,
  limits: { EndpointName: endpointName, DesiredWeightsAndCapacities: desiredCapacities },
  handle(sagemaker, input, call) {
    const desired = input.DesiredWeightsAndCapacities.map((each) => {
      refuseInCapacity(each);
      return {
        variantName: each.VariantName,
        weight: each.DesiredWeight,
        instanceCount: each.DesiredInstanceCount,
      };
    });
    const { endpoint } = sagemaker.updateCapacities(call, { name: input.EndpointName, desired });
    return { EndpointArn: endpoint.arn };
  },
  summarize: ({ EndpointName }) => EndpointName,
});

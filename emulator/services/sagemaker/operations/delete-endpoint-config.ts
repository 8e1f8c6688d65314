import { DeleteEndpointConfig$, type DeleteEndpointConfigInput } from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { endpointConfigName } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteEndpointConfig.html
type Input = DeleteEndpointConfigInput;

export const DeleteEndpointConfig = operation<SageMakerEngine, Input, undefined>({
  schema: DeleteEndpointConfig$,
  limits: { EndpointConfigName: endpointConfigName },
  handle(sagemaker, input, call) {
    // Endpoints that were created from it stay as they are.
    sagemaker.configs(call).delete(input.EndpointConfigName);
    return undefined;
  },
  summarize: ({ EndpointConfigName }) => EndpointConfigName,
});

import { DeleteEndpoint$, type DeleteEndpointInput } from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { endpointName } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteEndpoint.html
export const DeleteEndpoint = operation<SageMakerEngine, DeleteEndpointInput, undefined>({
  schema: DeleteEndpoint$,
  limits: { EndpointName: endpointName },
  handle(sagemaker, input, call) {
    sagemaker.deleteEndpoint(call, input.EndpointName);
    return undefined;
  },
  summarize: ({ EndpointName }) => EndpointName,
});

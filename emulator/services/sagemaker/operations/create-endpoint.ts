import {
  CreateEndpoint$,
  type CreateEndpointInput,
  type CreateEndpointOutput,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { endpointConfigName, endpointName, tags } from "../limits.ts";
import { refuseInEndpoint } from "../unemulated.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html
export const CreateEndpoint = operation<SageMakerEngine, CreateEndpointInput, CreateEndpointOutput>(
  {
    schema: CreateEndpoint$,
    limits: { EndpointName: endpointName, EndpointConfigName: endpointConfigName, Tags: tags },
    handle(sagemaker, input, call) {
      refuseInEndpoint(input);
      const { EndpointName: name, EndpointConfigName: configName, Tags } = input;
      return { EndpointArn: sagemaker.createEndpoint(call, { name, configName, Tags }).arn };
    },
    summarize: ({ EndpointName }) => EndpointName,
  },
);

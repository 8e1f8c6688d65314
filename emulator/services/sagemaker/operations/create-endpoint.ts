import {
  CreateEndpoint$,
  type CreateEndpointInput,
  type CreateEndpointOutput,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { deploymentConfig, endpointConfigName, endpointName, tags } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html
export const CreateEndpoint = operation<SageMakerEngine, CreateEndpointInput, CreateEndpointOutput>(
  {
    schema: CreateEndpoint$,
    limits: {
      EndpointName: endpointName,
      EndpointConfigName: endpointConfigName,
      DeploymentConfig: deploymentConfig,
      Tags: tags,
    },
    handle(sagemaker, input, call) {
      const { EndpointName: name, EndpointConfigName: configName, Tags } = input;
      const asked = { name, configName, Tags, deployment: input.DeploymentConfig };
      return { EndpointArn: sagemaker.createEndpoint(call, asked).arn };
    },
    summarize: ({ EndpointName }) => EndpointName,
  },
);

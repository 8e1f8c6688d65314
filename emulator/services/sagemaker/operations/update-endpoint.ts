import {
  UpdateEndpoint$,
  type UpdateEndpointInput,
  type UpdateEndpointOutput,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { deploymentConfig, endpointConfigName, endpointName } from "../limits.ts";
import type { Retained } from "../updating.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpoint.html
const RETAINABLE: readonly Retained[] = ["DesiredInstanceCount", "DesiredWeight"];

export const UpdateEndpoint = operation<SageMakerEngine, UpdateEndpointInput, UpdateEndpointOutput>(
  {
    schema: UpdateEndpoint$,
    limits: {
      EndpointName: endpointName,
      EndpointConfigName: endpointConfigName,
      DeploymentConfig: deploymentConfig,
    },
    handle(sagemaker, input, call) {
      const { EndpointName: name, EndpointConfigName: configName } = input;
      const excluded = (input.ExcludeRetainedVariantProperties ?? []).map(
        ({ VariantPropertyType }) => VariantPropertyType,
      );
      const retained = input.RetainAllVariantProperties
        ? RETAINABLE.filter((property) => !excluded.includes(property))
        : [];
      const { DeploymentConfig: deployment, RetainDeploymentConfig: retainsDeployment } = input;
      const update = { name, configName, retained, deployment, retainsDeployment };
      return { EndpointArn: sagemaker.updateEndpoint(call, update).arn };
    },
    summarize: ({ EndpointName, EndpointConfigName }) => `${EndpointName} · ${EndpointConfigName}`,
  },
);

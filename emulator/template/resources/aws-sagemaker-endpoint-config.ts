import {
  type CreateEndpointConfigInput,
  CreateEndpointConfigInput$,
  type CreateEndpointConfigOutput,
} from "@aws-sdk/client-sagemaker";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-endpointconfig.html
export const sagemakerEndpointConfig = resourceType<CreateEndpointConfigInput>({
  type: "AWS::SageMaker::EndpointConfig",
  honoured: membersOf(CreateEndpointConfigInput$, [
    "EndpointConfigName",
    "ProductionVariants",
    "ShadowProductionVariants",
    "DataCaptureConfig",
    "AsyncInferenceConfig",
    "ExplainerConfig",
    "ExecutionRoleArn",
    "Tags",
  ]),
  required: ["ProductionVariants"],
  kept: ["EnableNetworkIsolation", "KmsKeyId", "VpcConfig"],
  notEmulated: [],
  attributes: ["EndpointConfigName"],

  async create(resource, api) {
    const EndpointConfigName = resource.values.EndpointConfigName ?? resource.generatedName(63);
    const input: CreateEndpointConfigInput = { ...resource.values, EndpointConfigName };
    const { EndpointConfigArn } = await api.call<CreateEndpointConfigOutput>(
      "sagemaker",
      "CreateEndpointConfig",
      input,
    );
    const attributes = { EndpointConfigName };
    return { physicalId: EndpointConfigArn ?? EndpointConfigName, attributes };
  },

  async delete({ attributes: { EndpointConfigName } }, api) {
    await deleteIfPresent(api.call("sagemaker", "DeleteEndpointConfig", { EndpointConfigName }));
  },
});

import {
  type CreateEndpointConfigInput,
  CreateEndpointConfigInput$,
  type CreateEndpointConfigOutput,
} from "@aws-sdk/client-sagemaker";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { updateTags } from "../sagemaker-tags.ts";
import { membersOf } from "../shape.ts";

const HONOURED = [
  "EndpointConfigName",
  "ProductionVariants",
  "ShadowProductionVariants",
  "DataCaptureConfig",
  "AsyncInferenceConfig",
  "ExplainerConfig",
  "ExecutionRoleArn",
  "Tags",
] as const;

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-endpointconfig.html
export const sagemakerEndpointConfig = resourceType<CreateEndpointConfigInput>({
  type: "AWS::SageMaker::EndpointConfig",
  honoured: membersOf(CreateEndpointConfigInput$, HONOURED),
  required: ["ProductionVariants"],
  kept: ["EnableNetworkIsolation", "KmsKeyId", "VpcConfig"],
  notEmulated: [],
  attributes: ["EndpointConfigName"],
  namedBy: "EndpointConfigName",
  replacedBy: HONOURED.filter((name) => name !== "Tags"),

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

  async update({ values }, { api, created: { physicalId }, previous }) {
    await updateTags(api, { ResourceArn: physicalId, before: previous.Tags, after: values.Tags });
    return undefined;
  },

  async delete({ attributes: { EndpointConfigName } }, api) {
    await deleteIfPresent(api.call("sagemaker", "DeleteEndpointConfig", { EndpointConfigName }));
  },
});

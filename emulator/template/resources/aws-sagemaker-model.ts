import {
  type CreateModelInput,
  CreateModelInput$,
  type CreateModelOutput,
} from "@aws-sdk/client-sagemaker";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-model.html
export const sagemakerModel = resourceType<CreateModelInput>({
  type: "AWS::SageMaker::Model",
  honoured: membersOf(CreateModelInput$, [
    "ModelName",
    "PrimaryContainer",
    "Containers",
    "InferenceExecutionConfig",
    "ExecutionRoleArn",
    "Tags",
  ]),
  kept: ["EnableNetworkIsolation", "VpcConfig"],
  notEmulated: [],
  attributes: ["ModelName"],

  async create(resource, api) {
    const ModelName = resource.values.ModelName ?? resource.generatedName(63);
    const input: CreateModelInput = { ...resource.values, ModelName };
    const { ModelArn } = await api.call<CreateModelOutput>("sagemaker", "CreateModel", input);
    return { physicalId: ModelArn ?? ModelName, attributes: { ModelName } };
  },

  async delete({ attributes: { ModelName } }, api) {
    await deleteIfPresent(api.call("sagemaker", "DeleteModel", { ModelName }));
  },
});

import {
  type CreateModelInput,
  CreateModelInput$,
  type CreateModelOutput,
} from "@aws-sdk/client-sagemaker";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { updateTags } from "../sagemaker-tags.ts";
import { membersOf } from "../shape.ts";

const HONOURED = [
  "ModelName",
  "PrimaryContainer",
  "Containers",
  "InferenceExecutionConfig",
  "ExecutionRoleArn",
  "Tags",
] as const;

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-model.html
export const sagemakerModel = resourceType<CreateModelInput>({
  type: "AWS::SageMaker::Model",
  honoured: membersOf(CreateModelInput$, HONOURED),
  kept: ["EnableNetworkIsolation", "VpcConfig"],
  notEmulated: [],
  attributes: ["ModelName"],
  namedBy: "ModelName",
  replacedBy: HONOURED.filter((name) => name !== "Tags"),

  async create(resource, api) {
    const ModelName = resource.values.ModelName ?? resource.generatedName(63);
    const input: CreateModelInput = { ...resource.values, ModelName };
    const { ModelArn } = await api.call<CreateModelOutput>("sagemaker", "CreateModel", input);
    return { physicalId: ModelArn ?? ModelName, attributes: { ModelName } };
  },

  async update({ values }, { api, created: { physicalId }, previous }) {
    await updateTags(api, { ResourceArn: physicalId, before: previous.Tags, after: values.Tags });
    return undefined;
  },

  async delete({ attributes: { ModelName } }, api) {
    await deleteIfPresent(api.call("sagemaker", "DeleteModel", { ModelName }));
  },
});

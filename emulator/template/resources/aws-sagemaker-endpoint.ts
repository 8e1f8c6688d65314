import {
  type CreateEndpointInput,
  CreateEndpointInput$,
  type CreateEndpointOutput,
  type DescribeEndpointOutput,
  type UpdateEndpointInput,
  UpdateEndpointInput$,
} from "@aws-sdk/client-sagemaker";
import { type AwsApi, deleteIfPresent, waitFor, waitUntilGone } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { updateTags } from "../sagemaker-tags.ts";
import { membersOf } from "../shape.ts";

type Values = UpdateEndpointInput & Pick<CreateEndpointInput, "Tags">;

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-endpoint.html
export const sagemakerEndpoint = resourceType<Values>({
  type: "AWS::SageMaker::Endpoint",
  honoured: {
    ...membersOf(CreateEndpointInput$, ["EndpointName", "EndpointConfigName", "Tags"]),
    ...membersOf(UpdateEndpointInput$, [
      "DeploymentConfig",
      "ExcludeRetainedVariantProperties",
      "RetainAllVariantProperties",
      "RetainDeploymentConfig",
    ]),
  },
  required: ["EndpointConfigName"],
  kept: [],
  notEmulated: [],
  attributes: ["EndpointName"],
  namedBy: "EndpointName",
  replacedBy: ["EndpointName"],

  async create(resource, api) {
    const EndpointName = resource.values.EndpointName ?? resource.generatedName(63);
    const { EndpointConfigName, Tags } = resource.values;
    const input: CreateEndpointInput = { EndpointName, EndpointConfigName, ...(Tags && { Tags }) };
    const { EndpointArn } = await api.call<CreateEndpointOutput>(
      "sagemaker",
      "CreateEndpoint",
      input,
    );
    return { physicalId: EndpointArn ?? EndpointName, attributes: { EndpointName } };
  },

  /** The endpoint goes on serving meanwhile, as its DeploymentConfig says. */
  async update({ values }, { api, created: { physicalId, attributes }, previous }) {
    const { EndpointName, Tags, ...update } = values;
    await updateTags(api, { ResourceArn: physicalId, before: previous.Tags, after: Tags });
    if (
      update.EndpointConfigName ===
      (await describe(api, attributes.EndpointName)).EndpointConfigName
    ) {
      return undefined;
    }
    const input = { ...update, EndpointName: attributes.EndpointName };
    await api.call("sagemaker", "UpdateEndpoint", input);
    return undefined;
  },

  async stabilize({ values }, { api, created: { attributes } }) {
    const what = `the endpoint ${attributes.EndpointName} to be InService`;
    const probe = async () => {
      const { EndpointStatus, EndpointConfigName, FailureReason } = await describe(
        api,
        attributes.EndpointName,
      );
      if (EndpointStatus === "Failed") throw new Error(FailureReason ?? "the endpoint failed");
      if (EndpointStatus !== "InService") return undefined;
      if (EndpointConfigName === values.EndpointConfigName) return true;
      throw new Error(FailureReason ?? `the endpoint still has ${EndpointConfigName}`);
    };
    await waitFor(api, { what, probe });
  },

  async delete({ attributes: { EndpointName } }, api) {
    await deleteIfPresent(api.call("sagemaker", "DeleteEndpoint", { EndpointName }));
    const what = `the endpoint ${EndpointName} to go`;
    await waitUntilGone(api, { what, ask: () => describe(api, EndpointName) });
  },
});

function describe(api: AwsApi, EndpointName?: string): Promise<DescribeEndpointOutput> {
  return api.call<DescribeEndpointOutput>("sagemaker", "DescribeEndpoint", { EndpointName });
}

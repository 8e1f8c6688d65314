import {
  type CreateEndpointInput,
  CreateEndpointInput$,
  type CreateEndpointOutput,
  type DescribeEndpointOutput,
} from "@aws-sdk/client-sagemaker";
import { type AwsApi, deleteIfPresent, waitFor, waitUntilGone } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-endpoint.html
export const sagemakerEndpoint = resourceType<CreateEndpointInput>({
  type: "AWS::SageMaker::Endpoint",
  honoured: membersOf(CreateEndpointInput$, ["EndpointName", "EndpointConfigName", "Tags"]),
  required: ["EndpointConfigName"],
  // They say how an update of the stack goes about it; a deploy here creates.
  kept: [
    "DeploymentConfig",
    "ExcludeRetainedVariantProperties",
    "RetainAllVariantProperties",
    "RetainDeploymentConfig",
  ],
  notEmulated: [],
  attributes: ["EndpointName"],

  async create(resource, api) {
    const EndpointName = resource.values.EndpointName ?? resource.generatedName(63);
    const input: CreateEndpointInput = { ...resource.values, EndpointName };
    const { EndpointArn } = await api.call<CreateEndpointOutput>(
      "sagemaker",
      "CreateEndpoint",
      input,
    );
    return { physicalId: EndpointArn ?? EndpointName, attributes: { EndpointName } };
  },

  async stabilize(_, { api, created: { attributes } }) {
    const what = `the endpoint ${attributes.EndpointName} to be InService`;
    const probe = async () => {
      const { EndpointStatus, FailureReason } = await describe(api, attributes.EndpointName);
      if (EndpointStatus === "Failed") throw new Error(FailureReason ?? "the endpoint failed");
      return EndpointStatus === "InService" || undefined;
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

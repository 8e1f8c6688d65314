import {
  type PutScalingPolicyRequest,
  PutScalingPolicyRequest$,
  type PutScalingPolicyResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { type AwsApi, deleteIfPresent } from "../api.ts";
import type { Created } from "../intrinsics.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf, text } from "../shape.ts";

const SERVICE = "application-autoscaling";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalingpolicy.html
type Values = PutScalingPolicyRequest & { ScalingTargetId?: string };

export const scalingPolicy = resourceType<Values>({
  type: "AWS::ApplicationAutoScaling::ScalingPolicy",
  honoured: {
    ...membersOf(PutScalingPolicyRequest$, [
      "PolicyName",
      "PolicyType",
      "ServiceNamespace",
      "ResourceId",
      "ScalableDimension",
      "StepScalingPolicyConfiguration",
      "TargetTrackingScalingPolicyConfiguration",
    ]),
    ScalingTargetId: text,
  },
  required: ["PolicyName", "PolicyType"],
  kept: [],
  notEmulated: ["PredictiveScalingPolicyConfiguration"],
  attributes: ["Arn", "PolicyName"],
  namedBy: "PolicyName",
  replacedBy: [
    "PolicyName",
    "ServiceNamespace",
    "ResourceId",
    "ScalableDimension",
    "ScalingTargetId",
  ],

  async create(resource, api) {
    return await put(resource.values, api);
  },

  async update({ values }, { api }) {
    return await put(values, api);
  },

  async delete({ physicalId }, api) {
    const [, ServiceNamespace = "", ResourceId, PolicyName] =
      /:resource\/([^/]+)\/(.+):policyName\/(.+)$/.exec(physicalId) ?? [];
    // Elsewhere than SageMaker nothing is created.
    const ScalableDimension = "sagemaker:variant:DesiredInstanceCount";
    const policy = { ServiceNamespace, ResourceId, ScalableDimension, PolicyName };
    await deleteIfPresent(api.call(SERVICE, "DeleteScalingPolicy", policy));
  },
});

async function put({ ScalingTargetId, ...given }: Values, api: AwsApi): Promise<Created> {
  // A Ref to a target, in place of the three that name it.
  const [ResourceId, ScalableDimension, ServiceNamespace] = ScalingTargetId?.split("|") ?? [
    given.ResourceId,
    given.ScalableDimension,
    given.ServiceNamespace,
  ];
  const policy = { ...given, ResourceId, ScalableDimension, ServiceNamespace };
  const { PolicyARN = "" } = await api.call<PutScalingPolicyResponse>(
    SERVICE,
    "PutScalingPolicy",
    policy,
  );
  const { PolicyName = "" } = given;
  return { physicalId: PolicyARN, attributes: { Arn: PolicyARN, PolicyName } };
}

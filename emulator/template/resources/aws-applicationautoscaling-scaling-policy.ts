import {
  type PutScalingPolicyRequest,
  PutScalingPolicyRequest$,
  type PutScalingPolicyResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { deleteIfPresent } from "../api.ts";
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

  async create(resource, api) {
    const { ScalingTargetId, ...given } = resource.values;
    // A Ref to a target, in place of the three that name it.
    const [ResourceId, ScalableDimension, ServiceNamespace] = ScalingTargetId?.split("|") ?? [
      given.ResourceId,
      given.ScalableDimension,
      given.ServiceNamespace,
    ];
    const name = { ResourceId, ScalableDimension, ServiceNamespace };
    const { PolicyARN = "" } = await api.call<PutScalingPolicyResponse>(
      SERVICE,
      "PutScalingPolicy",
      { ...given, ...name },
    );
    return {
      physicalId: PolicyARN,
      attributes: { Arn: PolicyARN, PolicyName: given.PolicyName ?? "" },
    };
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

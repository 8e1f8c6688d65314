import { arn } from "../../core/arn.ts";
import { resourceType } from "../resource-type.ts";
import { anything, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html

// DIFFERS: a policy is kept for what refers to it; nothing is created and nothing is enforced.
export const iamPolicy = resourceType<{ readonly PolicyName?: string }>({
  type: "AWS::IAM::Policy",
  honoured: { PolicyName: text, PolicyDocument: anything },
  required: ["PolicyName", "PolicyDocument"],
  kept: ["Groups", "Roles", "Users"],
  notEmulated: [],
  attributes: ["Id"],

  async create(resource) {
    const Id = resource.generatedName(64);
    return { physicalId: Id, attributes: { Id } };
  },

  async update() {
    return undefined;
  },

  async delete() {},
});

interface ManagedPolicy {
  readonly ManagedPolicyName?: string;
  readonly Path?: string;
}

export const iamManagedPolicy = resourceType<ManagedPolicy>({
  type: "AWS::IAM::ManagedPolicy",
  honoured: { ManagedPolicyName: text, Path: text, PolicyDocument: anything },
  required: ["PolicyDocument"],
  kept: ["Description", "Groups", "Roles", "Tags", "Users"],
  notEmulated: [],
  attributes: ["PolicyArn"],
  namedBy: "ManagedPolicyName",
  replacedBy: ["ManagedPolicyName", "Path"],

  async create(resource, { scope }) {
    const { ManagedPolicyName = resource.generatedName(128), Path = "/" } = resource.values;
    const PolicyArn = arn("iam", { ...scope, region: "" }, `policy${Path}${ManagedPolicyName}`);
    return { physicalId: PolicyArn, attributes: { PolicyArn } };
  },

  async update() {
    return undefined;
  },

  async delete() {},
});

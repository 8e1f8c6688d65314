import { arn } from "../../core/arn.ts";
import { token } from "../names.ts";
import { resourceType } from "../resource-type.ts";
import { anything, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
interface Values {
  readonly RoleName?: string;
  readonly Path?: string;
}

// DIFFERS: a role is a name that others may refer to; nothing is created and nothing is enforced.
export const iamRole = resourceType<Values>({
  type: "AWS::IAM::Role",
  honoured: { RoleName: text, Path: text, AssumeRolePolicyDocument: anything },
  required: ["AssumeRolePolicyDocument"],
  kept: [
    "Description",
    "ManagedPolicyArns",
    "MaxSessionDuration",
    "PermissionsBoundary",
    "Policies",
    "Tags",
  ],
  notEmulated: [],
  attributes: ["Arn", "RoleId"],
  namedBy: "RoleName",
  replacedBy: ["RoleName", "Path"],

  async create(resource, { scope }) {
    const { RoleName = resource.generatedName(64), Path = "/" } = resource.values;
    const role = arn("iam", { ...scope, region: "" }, `role${Path}${RoleName}`);
    const attributes = { Arn: role, RoleId: `AROA${token(role, 17)}` };
    return { physicalId: RoleName, attributes };
  },

  async update() {
    return undefined;
  },

  async delete() {},
});

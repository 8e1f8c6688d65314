import { type AddPermissionRequest, AddPermissionRequest$ } from "@aws-sdk/client-lambda";
import { deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
type Values = Omit<AddPermissionRequest, "StatementId">;

/** Kept and shown by GetPolicy; nothing is enforced. */
export const lambdaPermission = resourceType<Values>({
  type: "AWS::Lambda::Permission",
  honoured: membersOf(AddPermissionRequest$, [
    "FunctionName",
    "Action",
    "Principal",
    "SourceArn",
    "SourceAccount",
    "PrincipalOrgID",
  ]),
  required: ["FunctionName", "Action", "Principal"],
  kept: [],
  notEmulated: ["EventSourceToken", "FunctionUrlAuthType", "InvokedViaFunctionUrl"],
  attributes: ["Id"],

  async create({ values, generatedName }, api) {
    const StatementId = generatedName(100);
    await api.call("lambda", "AddPermission", { ...values, StatementId });
    const physicalId = `${values.FunctionName}|${StatementId}`;
    return { physicalId, attributes: { Id: StatementId } };
  },

  async delete({ physicalId }, api) {
    const [FunctionName, StatementId] = physicalId.split("|");
    await deleteIfPresent(api.call("lambda", "RemovePermission", { FunctionName, StatementId }));
  },
});

import { arn } from "../../core/arn.ts";
import { createOrAdopt, deleteIfPresent } from "../api.ts";
import { resourceType } from "../resource-type.ts";
import { number, text } from "../shape.ts";

const SERVICE = "cloudwatch-logs";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
interface Values {
  readonly LogGroupName?: string;
  readonly RetentionInDays?: number;
}

export const logGroup = resourceType<Values>({
  type: "AWS::Logs::LogGroup",
  honoured: { LogGroupName: text, RetentionInDays: number },
  kept: [
    "DataProtectionPolicy",
    "FieldIndexPolicies",
    "KmsKeyId",
    "ResourcePolicyDocument",
    "Tags",
  ],
  notEmulated: ["BearerTokenAuthenticationEnabled", "DeletionProtectionEnabled", "LogGroupClass"],
  attributes: ["Arn"],
  namedBy: "LogGroupName",
  replacedBy: ["LogGroupName"],

  async create(resource, api) {
    const logGroupName = resource.values.LogGroupName ?? resource.generatedName(512);
    const input = { logGroupName };
    const isAdopted = await createOrAdopt(api, {
      service: SERVICE,
      operation: "CreateLogGroup",
      input,
    });
    const Arn = arn("logs", api.scope, `log-group:${logGroupName}:*`);
    return { physicalId: logGroupName, attributes: { Arn }, isAdopted };
  },

  async stabilize({ values: { RetentionInDays } }, { api, created }) {
    if (RetentionInDays === undefined) return;
    const input = { logGroupName: created.physicalId, retentionInDays: RetentionInDays };
    await api.call(SERVICE, "PutRetentionPolicy", input);
  },

  async update({ values }, { api, created: { physicalId: logGroupName } }) {
    if (values.RetentionInDays === undefined) {
      await api.call(SERVICE, "DeleteRetentionPolicy", { logGroupName });
    }
    return undefined;
  },

  async delete({ physicalId: logGroupName }, api) {
    await deleteIfPresent(api.call(SERVICE, "DeleteLogGroup", { logGroupName }));
  },
});

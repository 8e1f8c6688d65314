import { type CreateStageRequest, CreateStageRequest$ } from "@aws-sdk/client-apigatewayv2";
import { type AwsApi, deleteIfPresent } from "../api.ts";
import type { Created } from "../intrinsics.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html
export const apiGatewayV2Stage = resourceType<CreateStageRequest>({
  type: "AWS::ApiGatewayV2::Stage",
  honoured: membersOf(CreateStageRequest$, [
    "ApiId",
    "StageName",
    "AutoDeploy",
    "StageVariables",
    "Description",
  ]),
  required: ["ApiId", "StageName"],
  kept: ["AccessLogSettings", "Tags"],
  notEmulated: [
    "AccessPolicyId",
    "CanarySettings",
    "ClientCertificateId",
    "DefaultRouteSettings",
    "DeploymentId",
    "RouteSettings",
  ],
  attributes: [],
  namedBy: "StageName",
  replacedBy: ["ApiId", "StageName"],

  async create({ values }, api) {
    await api.call("api-gateway-v2", "CreateStage", values);
    const { ApiId = "", StageName = "" } = values;
    // What its deletion needs.
    return { physicalId: StageName, attributes: { ApiId } };
  },

  // DIFFERS: it is made anew in an instant, where CloudFormation calls UpdateStage.
  async update({ values }, { api, created }) {
    await remove(created, api);
    await api.call("api-gateway-v2", "CreateStage", values);
    return undefined;
  },

  async delete(created, api) {
    await remove(created, api);
  },
});

async function remove({ physicalId, attributes: { ApiId } }: Created, api: AwsApi): Promise<void> {
  await deleteIfPresent(
    api.call("api-gateway-v2", "DeleteStage", { ApiId, StageName: physicalId }),
  );
}

import { type CreateStageRequest, CreateStageRequest$ } from "@aws-sdk/client-apigatewayv2";
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

  async create({ values }, api) {
    await api.call("api-gateway-v2", "CreateStage", values);
    return { physicalId: values.StageName ?? "", attributes: {} };
  },

  // It goes with its API.
  async delete() {},
});

import type { Stage } from "@aws-sdk/client-api-gateway";
import { resourceType } from "../resource-type.ts";
import { text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html
interface Values {
  readonly RestApiId: string;
  readonly DeploymentId: string;
  readonly StageName: string;
  readonly Description?: string;
  readonly Variables?: Record<string, string>;
}

export const apiGatewayStage = resourceType<Values>({
  type: "AWS::ApiGateway::Stage",
  honoured: {
    RestApiId: text,
    DeploymentId: text,
    StageName: text,
    Description: text,
    Variables: { is: "map", of: () => text },
  },
  required: ["RestApiId", "DeploymentId", "StageName"],
  kept: ["AccessLogSetting", "MethodSettings", "Tags", "TracingEnabled"],
  notEmulated: [
    "CacheClusterEnabled",
    "CacheClusterSize",
    "CanarySetting",
    "ClientCertificateId",
    "DocumentationVersion",
  ],
  attributes: [],

  async create({ values }, api) {
    const { RestApiId, DeploymentId, StageName, Description, Variables } = values;
    await api.call<Stage>("api-gateway", "CreateStage", {
      restApiId: RestApiId,
      deploymentId: DeploymentId,
      stageName: StageName,
      ...(Description !== undefined && { description: Description }),
      ...(Variables && { variables: Variables }),
    });
    return { physicalId: StageName, attributes: {} };
  },

  // It goes with its API.
  async delete() {},
});

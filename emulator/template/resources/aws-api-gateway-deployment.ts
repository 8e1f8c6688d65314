import type { Deployment } from "@aws-sdk/client-api-gateway";
import { comparable, member } from "../node.ts";
import { resourceType } from "../resource-type.ts";
import { text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html
interface Values {
  readonly RestApiId: string;
  readonly StageName?: string;
  readonly Description?: string;
}

export const apiGatewayDeployment = resourceType<Values>({
  type: "AWS::ApiGateway::Deployment",
  honoured: { RestApiId: text, StageName: text, Description: text },
  required: ["RestApiId"],
  kept: [],
  notEmulated: ["DeploymentCanarySettings", "StageDescription"],
  attributes: ["DeploymentId"],
  // SAM's, that is to be made whenever the API's definition is another.
  fingerprint: ({ metadata }) => {
    const body = member(metadata, "SamBody");
    return body ? comparable(body) : "";
  },

  async create({ values: { RestApiId, StageName, Description } }, api) {
    const { id = "" } = await api.call<Deployment>("api-gateway", "CreateDeployment", {
      restApiId: RestApiId,
      ...(StageName !== undefined && { stageName: StageName }),
      ...(Description !== undefined && { description: Description }),
    });
    return { physicalId: id, attributes: { DeploymentId: id } };
  },

  // It goes with its API.
  async delete() {},
});

import type { Stage } from "@aws-sdk/client-api-gateway";
import { type AwsApi, deleteIfPresent } from "../api.ts";
import type { Created } from "../intrinsics.ts";
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
  namedBy: "StageName",
  replacedBy: ["RestApiId", "StageName"],

  async create({ values }, api) {
    await create(values, api);
    // What its deletion needs.
    return { physicalId: values.StageName, attributes: { RestApiId: values.RestApiId } };
  },

  // DIFFERS: it is made anew in an instant, where CloudFormation calls UpdateStage.
  async update({ values }, { api, created }) {
    await remove(created, api);
    await create(values, api);
    return undefined;
  },

  async delete(created, api) {
    await remove(created, api);
  },
});

async function create(values: Values, api: AwsApi): Promise<void> {
  const { RestApiId, DeploymentId, StageName, Description, Variables } = values;
  await api.call<Stage>("api-gateway", "CreateStage", {
    restApiId: RestApiId,
    deploymentId: DeploymentId,
    stageName: StageName,
    ...(Description !== undefined && { description: Description }),
    ...(Variables && { variables: Variables }),
  });
}

async function remove({ physicalId, attributes }: Created, api: AwsApi): Promise<void> {
  const input = { restApiId: attributes.RestApiId, stageName: physicalId };
  await deleteIfPresent(api.call("api-gateway", "DeleteStage", input));
}

import type { Stage } from "@aws-sdk/client-api-gateway";
import { type AwsApi, deleteIfPresent } from "../api.ts";
import type { Created } from "../intrinsics.ts";
import { member } from "../node.ts";
import type { Report } from "../problem.ts";
import { type Declaration, resourceType } from "../resource-type.ts";
import { anything, text } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html
interface Values {
  readonly RestApiId: string;
  readonly DeploymentId: string;
  readonly StageName: string;
  readonly Description?: string;
  readonly Variables?: Record<string, string>;
}

const LIMITING = ["CachingEnabled", "ThrottlingBurstLimit", "ThrottlingRateLimit"];

export const apiGatewayStage = resourceType<Values>({
  type: "AWS::ApiGateway::Stage",
  honoured: {
    RestApiId: text,
    DeploymentId: text,
    StageName: text,
    Description: text,
    MethodSettings: anything,
    Variables: { is: "map", of: () => text },
  },
  required: ["RestApiId", "DeploymentId", "StageName"],
  kept: ["AccessLogSetting", "Tags", "TracingEnabled"],
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
  check: refuseLimits,

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

/** Settings for logs and metrics change no answer; those that would are named. */
function refuseLimits({ properties, owner: logicalId }: Declaration, report: Report): void {
  const settings = member(properties, "MethodSettings");
  for (const setting of settings?.kind === "list" ? settings.items : []) {
    for (const [name, { at, value }] of setting.kind === "map" ? setting.entries : []) {
      const isOff = value.kind === "scalar" && value.text === "false";
      if (isOff || !LIMITING.includes(name)) continue;
      const text = `${name} in MethodSettings is not emulated.`;
      report.unknown({ at, logicalId, text, hint: "Remove it." });
    }
  }
}

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

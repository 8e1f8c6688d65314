import type { MacroType } from "../resource-type.ts";
import { anything } from "../shape.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html

const HONOURED = [
  "BinaryMediaTypes",
  "Cors",
  "DefinitionBody",
  "Description",
  "MethodSettings",
  "Name",
  "StageName",
  "Variables",
];

export const serverlessApi: MacroType = {
  kind: "macro",
  type: "AWS::Serverless::Api",
  honoured: Object.fromEntries(HONOURED.map((name) => [name, anything])),
  required: ["StageName"],
  kept: [
    "AccessLogSetting",
    "AlwaysDeploy",
    "EndpointConfiguration",
    "FailOnWarnings",
    "OpenApiVersion",
    "PropagateTags",
    "Tags",
    "TracingEnabled",
  ],
  notEmulated: [
    "ApiKeySourceType",
    "Auth",
    "CacheClusterEnabled",
    "CacheClusterSize",
    "CanarySetting",
    "DefinitionUri",
    "DisableExecuteApiEndpoint",
    "Domain",
    "GatewayResponses",
    "MergeDefinitions",
    "MinimumCompressionSize",
    "Mode",
    "Models",
    "Policy",
    "SecurityPolicy",
  ],
  // Functions' events belong to it: `assembleApis` expands it once all of them are known.
  expand: (declared) => [declared],
};

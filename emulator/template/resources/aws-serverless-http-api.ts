import type { MacroType } from "../resource-type.ts";
import { anything } from "../shape.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-httpapi.html

const HONOURED = ["CorsConfiguration", "Description", "Name", "StageName", "StageVariables"];

export const serverlessHttpApi: MacroType = {
  kind: "macro",
  type: "AWS::Serverless::HttpApi",
  honoured: Object.fromEntries(HONOURED.map((name) => [name, anything])),
  kept: ["AccessLogSettings", "FailOnWarnings", "PropagateTags", "Tags"],
  notEmulated: [
    "Auth",
    "DefaultRouteSettings",
    "DefinitionBody",
    "DefinitionUri",
    "DisableExecuteApiEndpoint",
    "Domain",
    "RouteSettings",
  ],
  // Functions' events belong to it: `assembleApis` expands it once all of them are known.
  expand: (declared) => [declared],
};

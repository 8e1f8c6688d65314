import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { ApiGatewayV2Engine, type ApiGatewayV2Needs } from "./engine.ts";
import { MAX_REQUEST_BYTES } from "./limits.ts";
import { CreateApi } from "./operations/create-api.ts";
import { CreateIntegration } from "./operations/create-integration.ts";
import { CreateRoute } from "./operations/create-route.ts";
import { CreateStage } from "./operations/create-stage.ts";
import { DeleteApi } from "./operations/delete-api.ts";
import { DeleteIntegration } from "./operations/delete-integration.ts";
import { DeleteRoute } from "./operations/delete-route.ts";
import { DeleteStage } from "./operations/delete-stage.ts";
import { GetApi } from "./operations/get-api.ts";
import { GetApis } from "./operations/get-apis.ts";
import { GetIntegrations } from "./operations/get-integrations.ts";
import { GetRoutes } from "./operations/get-routes.ts";
import { GetStages } from "./operations/get-stages.ts";
import { UpdateIntegration } from "./operations/update-integration.ts";
import { UpdateRoute } from "./operations/update-route.ts";

export type { ApiGatewayV2Engine, ApiGatewayV2Needs } from "./engine.ts";

/** Amazon API Gateway's second API: HTTP APIs in front of functions. */
export function apiGatewayV2(
  context: TankContext,
  needs: ApiGatewayV2Needs,
): Service & { readonly engine: ApiGatewayV2Engine } {
  return {
    name: "api-gateway-v2",
    protocol: "rest-json",
    target: "apigateway",
    engine: new ApiGatewayV2Engine(context, needs),
    validationCode: "BadRequestException",
    maxBodyBytes: MAX_REQUEST_BYTES,
    model: () => import("@aws-sdk/client-apigatewayv2"),
    operations: {
      CreateApi,
      CreateIntegration,
      CreateRoute,
      CreateStage,
      DeleteApi,
      DeleteIntegration,
      DeleteRoute,
      DeleteStage,
      GetApi,
      GetApis,
      GetIntegrations,
      GetRoutes,
      GetStages,
      UpdateIntegration,
      UpdateRoute,
    },
  };
}

import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { ApiGatewayEngine, type ApiGatewayNeeds } from "./engine.ts";
import { MAX_REQUEST_BYTES } from "./limits.ts";
import { CreateDeployment } from "./operations/create-deployment.ts";
import { CreateResource } from "./operations/create-resource.ts";
import { CreateRestApi } from "./operations/create-rest-api.ts";
import { CreateStage } from "./operations/create-stage.ts";
import { DeleteRestApi } from "./operations/delete-rest-api.ts";
import { DeleteStage } from "./operations/delete-stage.ts";
import { GetIntegration } from "./operations/get-integration.ts";
import { GetMethod } from "./operations/get-method.ts";
import { GetResources } from "./operations/get-resources.ts";
import { GetRestApi } from "./operations/get-rest-api.ts";
import { GetRestApis } from "./operations/get-rest-apis.ts";
import { GetStage } from "./operations/get-stage.ts";
import { GetStages } from "./operations/get-stages.ts";
import { ImportRestApi } from "./operations/import-rest-api.ts";
import { PutIntegration } from "./operations/put-integration.ts";
import { PutIntegrationResponse } from "./operations/put-integration-response.ts";
import { PutMethod } from "./operations/put-method.ts";
import { PutMethodResponse } from "./operations/put-method-response.ts";
import { PutRestApi } from "./operations/put-rest-api.ts";

export type { ApiGatewayEngine, ApiGatewayNeeds } from "./engine.ts";

/** Amazon API Gateway: REST APIs in front of functions. HTTP APIs are a service of their own, as in the SDK. */
export function apiGateway(
  context: TankContext,
  needs: ApiGatewayNeeds,
): Service & { readonly engine: ApiGatewayEngine } {
  return {
    name: "api-gateway",
    protocol: "rest-json",
    target: "apigateway",
    engine: new ApiGatewayEngine(context, needs),
    validationCode: "BadRequestException",
    maxBodyBytes: MAX_REQUEST_BYTES,
    model: () => import("@aws-sdk/client-api-gateway"),
    operations: {
      CreateDeployment,
      CreateResource,
      CreateRestApi,
      CreateStage,
      DeleteRestApi,
      DeleteStage,
      GetIntegration,
      GetMethod,
      GetResources,
      GetRestApi,
      GetRestApis,
      GetStage,
      GetStages,
      ImportRestApi,
      PutIntegration,
      PutIntegrationResponse,
      PutMethod,
      PutMethodResponse,
      PutRestApi,
    },
  };
}

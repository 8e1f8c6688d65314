import { GetRestApi$, type GetRestApiRequest, type RestApi } from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeApi } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApi.html
export const GetRestApi = operation<ApiGatewayEngine, GetRestApiRequest, RestApi>({
  schema: GetRestApi$,
  handle(gateway, { restApiId }, call) {
    return describeApi(gateway.api(restApiId, call));
  },
});

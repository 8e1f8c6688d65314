import { DeleteRestApi$, type DeleteRestApiRequest } from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import type { ApiGatewayEngine } from "../engine.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteRestApi.html
export const DeleteRestApi = operation<ApiGatewayEngine, DeleteRestApiRequest, object>({
  schema: DeleteRestApi$,
  handle(gateway, { restApiId }, call) {
    gateway.delete(gateway.api(restApiId, call));
    return {};
  },
  summarize: ({ restApiId }) => restApiId,
});

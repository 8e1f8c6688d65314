import { DeleteRoute$, type DeleteRouteRequest } from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes-routeid.html
export const DeleteRoute = operation<ApiGatewayV2Engine, DeleteRouteRequest, object>({
  schema: DeleteRoute$,
  handle(gateway, { ApiId, RouteId }, call) {
    const api = gateway.api(ApiId, call);
    api.routes.delete(gateway.route(api, RouteId).key);
    return {};
  },
  summarize: ({ RouteId }) => RouteId,
});

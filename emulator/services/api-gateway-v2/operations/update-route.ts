import {
  UpdateRoute$,
  type UpdateRouteRequest,
  type UpdateRouteResult,
} from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeRoute } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes-routeid.html
export const UpdateRoute = operation<ApiGatewayV2Engine, UpdateRouteRequest, UpdateRouteResult>({
  schema: UpdateRoute$,
  handle(gateway, input, call) {
    refuseUnemulated(input);
    const { ApiId, RouteId, RouteKey: key, Target: target } = input;
    const api = gateway.api(ApiId, call);
    return describeRoute(gateway.updateRoute(api, { id: RouteId, key, target }));
  },
  summarize: ({ RouteId }, { RouteKey }) => `${RouteId} · ${RouteKey}`,
});

import {
  CreateRoute$,
  type CreateRouteRequest,
  type CreateRouteResult,
} from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeRoute } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html
export const CreateRoute = operation<ApiGatewayV2Engine, CreateRouteRequest, CreateRouteResult>({
  schema: CreateRoute$,
  handle(gateway, input, call) {
    refuseUnemulated(input);
    const { ApiId, RouteKey: key, Target: target } = input;
    return describeRoute(gateway.addRoute(gateway.api(ApiId, call), { key, target }));
  },
  summarize: ({ RouteKey }) => RouteKey,
});

import {
  GetRoutes$,
  type GetRoutesRequest,
  type GetRoutesResponse,
} from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeRoute } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html
export const GetRoutes = operation<ApiGatewayV2Engine, GetRoutesRequest, GetRoutesResponse>({
  schema: GetRoutes$,
  handle(gateway, { ApiId }, call) {
    return { Items: [...gateway.api(ApiId, call).routes.values()].map(describeRoute) };
  },
});

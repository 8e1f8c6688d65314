import { GetApi$, type GetApiRequest, type GetApiResponse } from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeApi } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html
export const GetApi = operation<ApiGatewayV2Engine, GetApiRequest, GetApiResponse>({
  schema: GetApi$,
  handle(gateway, { ApiId }, call) {
    return describeApi(gateway.api(ApiId, call));
  },
});

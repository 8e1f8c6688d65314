import { GetApis$, type GetApisRequest, type GetApisResponse } from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeApi } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
export const GetApis = operation<ApiGatewayV2Engine, GetApisRequest, GetApisResponse>({
  schema: GetApis$,
  handle(gateway, _input, call) {
    return { Items: gateway.list(call).map(describeApi) };
  },
  summarize: (_input, { Items }) => `${Items?.length ?? 0} APIs`,
});

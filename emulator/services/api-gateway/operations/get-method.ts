import { GetMethod$, type GetMethodRequest, type Method } from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeMethod } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { methodAt } from "../method-at.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_GetMethod.html
export const GetMethod = operation<ApiGatewayEngine, GetMethodRequest, Method>({
  schema: GetMethod$,
  handle(gateway, input, call) {
    return describeMethod(methodAt(gateway.api(input.restApiId, call), input), input.resourceId);
  },
  summarize: ({ httpMethod }) => httpMethod,
});

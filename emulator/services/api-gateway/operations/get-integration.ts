import {
  GetIntegration$,
  type GetIntegrationRequest,
  type Integration,
} from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeIntegration } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { integrationNotFound } from "../errors.ts";
import { methodAt } from "../method-at.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_GetIntegration.html
export const GetIntegration = operation<ApiGatewayEngine, GetIntegrationRequest, Integration>({
  schema: GetIntegration$,
  handle(gateway, input, call) {
    const { integration } = methodAt(gateway.api(input.restApiId, call), input);
    if (!integration) throw integrationNotFound();
    return describeIntegration(integration, input.resourceId);
  },
  summarize: ({ httpMethod }) => httpMethod,
});

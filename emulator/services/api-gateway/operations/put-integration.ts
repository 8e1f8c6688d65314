import {
  type Integration,
  PutIntegration$,
  type PutIntegrationRequest,
} from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeIntegration } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { integrationTimeoutMs } from "../limits.ts";
import { methodAt } from "../method-at.ts";
import { newIntegration } from "../new-integration.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
export const PutIntegration = operation<ApiGatewayEngine, PutIntegrationRequest, Integration>({
  schema: PutIntegration$,
  limits: { timeoutInMillis: integrationTimeoutMs },
  handle(gateway, input, call) {
    refuseUnemulated(input);
    const { restApiId, resourceId, httpMethod, integrationHttpMethod, ...given } = input;
    const api = gateway.api(restApiId, call);
    const method = methodAt(api, { resourceId, httpMethod });
    const integration = newIntegration({ ...given, httpMethod: integrationHttpMethod });
    api.setMethod(resourceId, { ...method, integration });
    return describeIntegration(integration, resourceId);
  },
  summarize: ({ type, httpMethod }) => `${httpMethod} · ${type}`,
});

import {
  type IntegrationResponse,
  PutIntegrationResponse$,
  type PutIntegrationResponseRequest,
} from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { integrationNotFound } from "../errors.ts";
import { statusCode } from "../limits.ts";
import { methodAt } from "../method-at.ts";
import { checkResponse } from "../new-integration.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html
export const PutIntegrationResponse = operation<
  ApiGatewayEngine,
  PutIntegrationResponseRequest,
  IntegrationResponse
>({
  schema: PutIntegrationResponse$,
  limits: { statusCode },
  handle(gateway, input, call) {
    refuseUnemulated(input);
    const { restApiId, resourceId, httpMethod, statusCode, selectionPattern } = input;
    const api = gateway.api(restApiId, call);
    const method = methodAt(api, { resourceId, httpMethod });
    const { integration } = method;
    if (!integration) throw integrationNotFound();
    const { responseParameters = {}, responseTemplates = {} } = input;
    const response = { statusCode, selectionPattern, responseParameters, responseTemplates };
    checkResponse(response);
    const responses = { ...integration.responses, [statusCode]: response };
    api.setMethod(resourceId, { ...method, integration: { ...integration, responses } });
    return {
      statusCode,
      ...(selectionPattern !== undefined && { selectionPattern }),
      ...(input.responseParameters && { responseParameters }),
      ...(input.responseTemplates && { responseTemplates }),
    };
  },
});

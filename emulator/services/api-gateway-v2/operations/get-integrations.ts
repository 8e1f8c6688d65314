import {
  GetIntegrations$,
  type GetIntegrationsRequest,
  type GetIntegrationsResponse,
} from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeIntegration } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
export const GetIntegrations = operation<
  ApiGatewayV2Engine,
  GetIntegrationsRequest,
  GetIntegrationsResponse
>({
  schema: GetIntegrations$,
  handle(gateway, { ApiId }, call) {
    const { integrations } = gateway.api(ApiId, call);
    return { Items: [...integrations.values()].map(describeIntegration) };
  },
});

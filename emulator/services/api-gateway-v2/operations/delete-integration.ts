import { DeleteIntegration$, type DeleteIntegrationRequest } from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html
export const DeleteIntegration = operation<ApiGatewayV2Engine, DeleteIntegrationRequest, object>({
  schema: DeleteIntegration$,
  handle(gateway, { ApiId, IntegrationId }, call) {
    gateway.removeIntegration(gateway.api(ApiId, call), IntegrationId);
    return {};
  },
  summarize: ({ IntegrationId }) => IntegrationId,
});

import { DeleteApi$, type DeleteApiRequest } from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html
export const DeleteApi = operation<ApiGatewayV2Engine, DeleteApiRequest, object>({
  schema: DeleteApi$,
  handle(gateway, { ApiId }, call) {
    gateway.delete(gateway.api(ApiId, call));
    return {};
  },
  summarize: ({ ApiId }) => ApiId,
});

import {
  type MethodResponse,
  PutMethodResponse$,
  type PutMethodResponseRequest,
} from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { statusCode } from "../limits.ts";
import { methodAt } from "../method-at.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethodResponse.html
export const PutMethodResponse = operation<
  ApiGatewayEngine,
  PutMethodResponseRequest,
  MethodResponse
>({
  schema: PutMethodResponse$,
  limits: { statusCode },
  handle(gateway, input, call) {
    const { restApiId, resourceId, httpMethod, statusCode } = input;
    const api = gateway.api(restApiId, call);
    const method = methodAt(api, { resourceId, httpMethod });
    const { responseParameters, responseModels } = input;
    const response = {
      statusCode,
      ...(responseParameters && { responseParameters }),
      ...(responseModels && { responseModels }),
    };
    const responses = { ...method.responses, [statusCode]: response };
    api.setMethod(resourceId, { ...method, responses });
    return response;
  },
});

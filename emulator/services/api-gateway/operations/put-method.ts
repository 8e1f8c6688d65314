import { type Method, PutMethod$, type PutMethodRequest } from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeMethod } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { methodExists, resourceNotFound } from "../errors.ts";
import { httpMethod } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html
export const PutMethod = operation<ApiGatewayEngine, PutMethodRequest, Method>({
  schema: PutMethod$,
  limits: { httpMethod },
  handle(gateway, input, call) {
    refuseUnemulated(input, { except: ["requestParameters"] });
    const { restApiId, resourceId, httpMethod, authorizationType, requestParameters } = input;
    const api = gateway.api(restApiId, call);
    const resource = api.resources.get(resourceId);
    if (!resource) throw resourceNotFound();
    if (Object.hasOwn(resource.methods, httpMethod)) throw methodExists();
    // Without a validator AWS checks no parameter either.
    const method = { httpMethod, authorizationType, requestParameters, responses: {} };
    api.setMethod(resourceId, method);
    return describeMethod(method, resourceId);
  },
  summarize: ({ httpMethod }) => httpMethod,
});

import { PutRestApi$, type PutRestApiRequest, type RestApi } from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeApi } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { addPaths, readDocument } from "../openapi.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html
export const PutRestApi = operation<ApiGatewayEngine, PutRestApiRequest, RestApi>({
  schema: PutRestApi$,
  handle(gateway, { restApiId, body, mode }, call) {
    const api = gateway.api(restApiId, call);
    const document = readDocument(body);
    if (mode === "overwrite") api.clear();
    addPaths(api, document);
    if (document.binaryMediaTypes.length > 0) api.binaryMediaTypes = document.binaryMediaTypes;
    return describeApi(api);
  },
  summarize: (_input, { name, id }) => `${name} · ${id}`,
});

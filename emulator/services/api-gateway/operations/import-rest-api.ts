import {
  ImportRestApi$,
  type ImportRestApiRequest,
  type RestApi,
} from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeApi } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { addPaths, readDocument } from "../openapi.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_ImportRestApi.html
export const ImportRestApi = operation<ApiGatewayEngine, ImportRestApiRequest, RestApi>({
  schema: ImportRestApi$,
  handle(gateway, input, call) {
    const document = readDocument(input.body);
    const { name, description, binaryMediaTypes } = document;
    const api = gateway.create(call, { name, description, binaryMediaTypes });
    try {
      addPaths(api, document);
    } catch (error) {
      gateway.delete(api);
      throw error;
    }
    return describeApi(api);
  },
  summarize: (_input, { name, id }) => `${name} · ${id}`,
});

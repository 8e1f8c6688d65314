import {
  CreateRestApi$,
  type CreateRestApiRequest,
  type RestApi,
} from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeApi } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html
export const CreateRestApi = operation<ApiGatewayEngine, CreateRestApiRequest, RestApi>({
  schema: CreateRestApi$,
  handle(gateway, input, call) {
    refuseUnemulated(input);
    return describeApi(gateway.create(call, input));
  },
  summarize: ({ name }, { id }) => `${name} · ${id}`,
});

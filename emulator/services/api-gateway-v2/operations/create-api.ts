import {
  CreateApi$,
  type CreateApiRequest,
  type CreateApiResponse,
} from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeApi } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";
import { notEmulated } from "../errors.ts";
import { apiName } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
export const CreateApi = operation<ApiGatewayV2Engine, CreateApiRequest, CreateApiResponse>({
  schema: CreateApi$,
  limits: { Name: apiName },
  handle(gateway, input, call) {
    refuseUnemulated(input);
    const { Name, ProtocolType, Description: description, Tags: tags, Target, RouteKey } = input;
    if (ProtocolType !== "HTTP") throw notEmulated(`ProtocolType ${ProtocolType}`);
    const cors = input.CorsConfiguration;
    const api = gateway.create(call, { name: Name, description, tags, cors });
    if (Target === undefined) return describeApi(api);
    // A target makes a whole API: one route, one integration and the default stage.
    try {
      const { id } = gateway.addIntegration(api, { uri: Target, payloadFormatVersion: "2.0" });
      gateway.addRoute(api, { key: RouteKey ?? "$default", target: `integrations/${id}` });
    } catch (error) {
      gateway.delete(api);
      throw error;
    }
    gateway.addStage(api, { name: "$default", variables: {} });
    return describeApi(api);
  },
  summarize: ({ Name }, { ApiId }) => `${Name} · ${ApiId}`,
});

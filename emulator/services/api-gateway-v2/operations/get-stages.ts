import {
  GetStages$,
  type GetStagesRequest,
  type GetStagesResponse,
} from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeStage } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html
export const GetStages = operation<ApiGatewayV2Engine, GetStagesRequest, GetStagesResponse>({
  schema: GetStages$,
  handle(gateway, { ApiId }, call) {
    return { Items: [...gateway.api(ApiId, call).stages.values()].map(describeStage) };
  },
});

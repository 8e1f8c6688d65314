import {
  CreateStage$,
  type CreateStageRequest,
  type CreateStageResponse,
} from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import { describeStage } from "../describing.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";
import { notEmulated } from "../errors.ts";
import { stageName } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html
export const CreateStage = operation<ApiGatewayV2Engine, CreateStageRequest, CreateStageResponse>({
  schema: CreateStage$,
  limits: { StageName: stageName },
  handle(gateway, input, call) {
    refuseUnemulated(input);
    const { ApiId, StageName: name, StageVariables: variables = {}, AutoDeploy } = input;
    const api = gateway.api(ApiId, call);
    if (!AutoDeploy) throw notEmulated("A stage without AutoDeploy");
    return describeStage(gateway.addStage(api, { name, variables }));
  },
  summarize: ({ ApiId, StageName }) => `${ApiId} ${StageName}`,
});

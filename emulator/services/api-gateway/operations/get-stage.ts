import { GetStage$, type GetStageRequest, type Stage } from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeStage } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { stageNotFound } from "../errors.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_GetStage.html
export const GetStage = operation<ApiGatewayEngine, GetStageRequest, Stage>({
  schema: GetStage$,
  handle(gateway, { restApiId, stageName }, call) {
    const stage = gateway.api(restApiId, call).stages.get(stageName);
    if (!stage) throw stageNotFound();
    return describeStage(stage);
  },
});

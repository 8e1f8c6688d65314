import { DeleteStage$, type DeleteStageRequest } from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { stageNotFound } from "../errors.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteStage.html
export const DeleteStage = operation<ApiGatewayEngine, DeleteStageRequest, object>({
  schema: DeleteStage$,
  handle(gateway, { restApiId, stageName }, call) {
    if (!gateway.api(restApiId, call).stages.delete(stageName)) throw stageNotFound();
    return {};
  },
  summarize: ({ stageName }) => stageName,
});

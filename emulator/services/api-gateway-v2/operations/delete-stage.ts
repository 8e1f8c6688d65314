import { DeleteStage$, type DeleteStageRequest } from "@aws-sdk/client-apigatewayv2";
import { operation } from "../../../core/service.ts";
import type { ApiGatewayV2Engine } from "../engine.ts";
import { stageNotFound } from "../errors.ts";

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html
export const DeleteStage = operation<ApiGatewayV2Engine, DeleteStageRequest, object>({
  schema: DeleteStage$,
  handle(gateway, { ApiId, StageName }, call) {
    if (!gateway.api(ApiId, call).stages.delete(StageName)) throw stageNotFound();
    return {};
  },
  summarize: ({ StageName }) => StageName,
});

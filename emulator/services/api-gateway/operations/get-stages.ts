import { GetStages$, type GetStagesRequest, type Stages } from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeStage } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_GetStages.html
export const GetStages = operation<ApiGatewayEngine, GetStagesRequest, Stages>({
  schema: GetStages$,
  handle(gateway, { restApiId, deploymentId }, call) {
    const stages = [...gateway.api(restApiId, call).stages.values()];
    const wanted = stages.filter((one) => !deploymentId || one.deploymentId === deploymentId);
    return { item: wanted.map(describeStage) };
  },
});

import { CreateStage$, type CreateStageRequest, type Stage } from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import { describeStage } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { stageName } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html
export const CreateStage = operation<ApiGatewayEngine, CreateStageRequest, Stage>({
  schema: CreateStage$,
  limits: { stageName },
  handle(gateway, input, call) {
    refuseUnemulated(input);
    const { restApiId, stageName: name, deploymentId, description, variables = {} } = input;
    const api = gateway.api(restApiId, call);
    return describeStage(gateway.createStage(api, { name, deploymentId, description, variables }));
  },
  summarize: ({ restApiId, stageName }) => `${restApiId} ${stageName}`,
});

import {
  CreateDeployment$,
  type CreateDeploymentRequest,
  type Deployment,
} from "@aws-sdk/client-api-gateway";
import { operation } from "../../../core/service.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { stageName } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html
export const CreateDeployment = operation<ApiGatewayEngine, CreateDeploymentRequest, Deployment>({
  schema: CreateDeployment$,
  limits: { stageName },
  handle(gateway, input, call) {
    refuseUnemulated(input);
    const { restApiId, stageName: name, stageDescription, description, variables = {} } = input;
    const api = gateway.api(restApiId, call);
    const { id, createdAt } = gateway.deploy(api, description);
    if (name !== undefined) {
      gateway.setStage(api, { name, deploymentId: id, description: stageDescription, variables });
    }
    const createdDate = new Date(createdAt);
    return description === undefined ? { id, createdDate } : { id, description, createdDate };
  },
  summarize: ({ restApiId, stageName = "" }) => `${restApiId} ${stageName}`,
});

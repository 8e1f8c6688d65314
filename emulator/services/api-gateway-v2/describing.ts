import type { Api, Integration, Route, Stage } from "@aws-sdk/client-apigatewayv2";
import type {
  HttpApi,
  Integration as HttpIntegration,
  Route as HttpRoute,
  Stage as HttpStage,
} from "./model/http-api.ts";

/** An API in AWS's members. */
export function describeApi(api: HttpApi): Api {
  const { id, scope, name, description, tags, cors, createdAt } = api;
  return {
    ApiId: id,
    ApiEndpoint: `https://${id}.execute-api.${scope.region}.amazonaws.com`,
    Name: name,
    ...(description !== undefined && { Description: description }),
    ProtocolType: "HTTP",
    RouteSelectionExpression: "$request.method $request.path",
    ApiKeySelectionExpression: "$request.header.x-api-key",
    DisableExecuteApiEndpoint: false,
    CreatedDate: new Date(createdAt),
    ...(cors && { CorsConfiguration: cors }),
    ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
  };
}

export function describeIntegration(integration: HttpIntegration): Integration {
  return {
    IntegrationId: integration.id,
    IntegrationType: "AWS_PROXY",
    IntegrationMethod: "POST",
    IntegrationUri: integration.uri,
    ConnectionType: "INTERNET",
    PayloadFormatVersion: integration.payloadFormatVersion,
    TimeoutInMillis: integration.timeoutMs,
  };
}

export function describeRoute({ id, key, integrationId }: HttpRoute): Route {
  return {
    RouteId: id,
    RouteKey: key,
    AuthorizationType: "NONE",
    ApiKeyRequired: false,
    ...(integrationId !== undefined && { Target: `integrations/${integrationId}` }),
  };
}

export function describeStage({ name, variables, createdAt }: HttpStage): Stage {
  return {
    StageName: name,
    AutoDeploy: true,
    ...(Object.keys(variables).length > 0 && { StageVariables: { ...variables } }),
    CreatedDate: new Date(createdAt),
    LastUpdatedDate: new Date(createdAt),
  };
}

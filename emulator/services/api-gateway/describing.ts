import type {
  Integration as IntegrationMembers,
  IntegrationResponse as IntegrationResponseMembers,
  Method as MethodMembers,
  Resource as ResourceMembers,
  RestApi as RestApiMembers,
  Stage as StageMembers,
} from "@aws-sdk/client-api-gateway";
import type {
  ApiResource,
  Integration,
  IntegrationResponse,
  Method,
  RestApi,
  Stage,
} from "./model/rest-api.ts";

/** An API in AWS's members. */
export function describeApi(api: RestApi): RestApiMembers {
  const { id, name, description, binaryMediaTypes, tags, rootId, createdAt } = api;
  return {
    id,
    name,
    ...(description !== undefined && { description }),
    createdDate: new Date(createdAt),
    apiKeySource: "HEADER",
    endpointConfiguration: { types: ["REGIONAL"] },
    disableExecuteApiEndpoint: false,
    rootResourceId: rootId,
    ...(binaryMediaTypes.length > 0 && { binaryMediaTypes: [...binaryMediaTypes] }),
    ...(Object.keys(tags).length > 0 && { tags: { ...tags } }),
  };
}

export function describeResource({
  id,
  parentId,
  pathPart,
  path,
  methods,
}: ApiResource): ResourceMembers {
  const named = Object.keys(methods).map((name) => [name, {}]);
  return {
    id,
    ...(parentId !== undefined && { parentId, pathPart }),
    path,
    ...(named.length > 0 && { resourceMethods: Object.fromEntries(named) }),
  };
}

export function describeStage(stage: Stage): StageMembers {
  const { name, deploymentId, description, variables, createdAt } = stage;
  return {
    stageName: name,
    deploymentId,
    ...(description !== undefined && { description }),
    ...(Object.keys(variables).length > 0 && { variables: { ...variables } }),
    cacheClusterEnabled: false,
    tracingEnabled: false,
    createdDate: new Date(createdAt),
    lastUpdatedDate: new Date(createdAt),
  };
}

export function describeMethod(method: Method, resourceId: string): MethodMembers {
  const { httpMethod, authorizationType, requestParameters, responses, integration } = method;
  return {
    httpMethod,
    authorizationType,
    apiKeyRequired: false,
    ...(requestParameters && { requestParameters: { ...requestParameters } }),
    ...(Object.keys(responses).length > 0 && { methodResponses: { ...responses } }),
    ...(integration && { methodIntegration: describeIntegration(integration, resourceId) }),
  };
}

export function describeIntegration(
  integration: Integration,
  resourceId: string,
): IntegrationMembers {
  const { type, uri, httpMethod, requestTemplates, passthroughBehavior, timeoutInMillis } =
    integration;
  const responses = Object.entries(integration.responses).map(
    ([status, response]) => [status, describeIntegrationResponse(response)] as const,
  );
  return {
    type,
    ...(uri !== undefined && { uri }),
    ...(httpMethod !== undefined && { httpMethod }),
    ...(Object.keys(requestTemplates).length > 0 && { requestTemplates: { ...requestTemplates } }),
    passthroughBehavior,
    timeoutInMillis,
    cacheNamespace: resourceId,
    cacheKeyParameters: [],
    ...(responses.length > 0 && { integrationResponses: Object.fromEntries(responses) }),
  };
}

function describeIntegrationResponse(response: IntegrationResponse): IntegrationResponseMembers {
  const { statusCode, selectionPattern, responseParameters, responseTemplates } = response;
  return {
    statusCode,
    ...(selectionPattern !== undefined && { selectionPattern }),
    ...(Object.keys(responseParameters).length > 0 && {
      responseParameters: { ...responseParameters },
    }),
    ...(Object.keys(responseTemplates).length > 0 && {
      responseTemplates: { ...responseTemplates },
    }),
  };
}

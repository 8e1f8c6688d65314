import type {
  Resource as ResourceMembers,
  RestApi as RestApiMembers,
  Stage as StageMembers,
} from "@aws-sdk/client-api-gateway";
import type { ApiResource, RestApi, Stage } from "./model/rest-api.ts";

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

import { ListTags$, type ListTagsRequest, type ListTagsResponse } from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { taggedFunction } from "../tagging.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html
export const ListTags = operation<LambdaEngine, ListTagsRequest, ListTagsResponse>({
  schema: ListTags$,
  handle: (lambda, { Resource }, call) => ({
    Tags: { ...taggedFunction(lambda, Resource, call).family.tags },
  }),
  summarize: ({ Resource }) => Resource,
});

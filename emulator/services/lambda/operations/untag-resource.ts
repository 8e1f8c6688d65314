import { UntagResource$, type UntagResourceRequest } from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { taggedFunction } from "../tagging.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html
export const UntagResource = operation<LambdaEngine, UntagResourceRequest, Record<string, never>>({
  schema: UntagResource$,
  handle(lambda, { Resource, TagKeys }, call) {
    const { family } = taggedFunction(lambda, Resource, call);
    const kept = Object.entries(family.tags).filter(([key]) => !TagKeys.includes(key));
    family.tags = Object.fromEntries(kept);
    return {};
  },
  summarize: ({ Resource }) => Resource,
});

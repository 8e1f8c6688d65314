import { TagResource$, type TagResourceRequest } from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { tooManyTags } from "../errors.ts";
import { MAX_TAGS } from "../limits.ts";
import { taggedFunction } from "../tagging.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html
export const TagResource = operation<LambdaEngine, TagResourceRequest, Record<string, never>>({
  schema: TagResource$,
  handle(lambda, { Resource, Tags }, call) {
    const { family } = taggedFunction(lambda, Resource, call);
    const tags = { ...family.tags, ...Tags };
    if (Object.keys(tags).length > MAX_TAGS) throw tooManyTags();
    family.tags = tags;
    return {};
  },
  summarize: ({ Resource }) => Resource,
});

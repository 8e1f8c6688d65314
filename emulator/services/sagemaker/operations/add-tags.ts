import { AddTags$, type AddTagsInput, type AddTagsOutput } from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { resourceArn, tags } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AddTags.html
export const AddTags = operation<SageMakerEngine, AddTagsInput, AddTagsOutput>({
  schema: AddTags$,
  limits: { ResourceArn: resourceArn, Tags: tags },
  handle(sagemaker, { ResourceArn, Tags }, call) {
    const resource = sagemaker.tagged(call, ResourceArn);
    sagemaker.tags.add(resource, Tags);
    return { Tags: sagemaker.tags.list(resource) };
  },
  summarize: ({ ResourceArn }) => ResourceArn,
});

import { ListTags$, type ListTagsInput, type ListTagsOutput } from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { resourceArn, tagPage } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListTags.html
export const ListTags = operation<SageMakerEngine, ListTagsInput, ListTagsOutput>({
  schema: ListTags$,
  limits: { ResourceArn: resourceArn, MaxResults: tagPage },
  handle(sagemaker, { ResourceArn }, call) {
    // A page takes at least fifty, and no resource may have more.
    return { Tags: sagemaker.tags.list(sagemaker.tagged(call, ResourceArn)) };
  },
  summarize: ({ ResourceArn }, { Tags }) => `${ResourceArn} · ${Tags?.length} tags`,
});

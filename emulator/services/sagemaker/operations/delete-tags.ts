import {
  DeleteTags$,
  type DeleteTagsInput,
  type DeleteTagsOutput,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { resourceArn, tagKeys } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteTags.html
export const DeleteTags = operation<SageMakerEngine, DeleteTagsInput, DeleteTagsOutput>({
  schema: DeleteTags$,
  limits: { ResourceArn: resourceArn, TagKeys: tagKeys },
  handle(sagemaker, { ResourceArn, TagKeys }, call) {
    sagemaker.tags.remove(sagemaker.tagged(call, ResourceArn), TagKeys);
    return {};
  },
  summarize: ({ ResourceArn }) => ResourceArn,
});

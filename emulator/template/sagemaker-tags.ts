import type { Tag as SageMakerTag } from "@aws-sdk/client-sagemaker";
import type { AwsApi } from "./api.ts";
import { type Tag, tagChanges } from "./tags.ts";

/** Gives a resource of SageMaker the tags of a template in place of those it was given before. */
export async function updateTags(
  api: AwsApi,
  {
    ResourceArn,
    before,
    after,
  }: {
    ResourceArn: string;
    before: readonly SageMakerTag[] | undefined;
    after: readonly SageMakerTag[] | undefined;
  },
): Promise<void> {
  const { added, removed } = tagChanges(before?.map(known), after?.map(known));
  if (removed.length > 0) {
    await api.call("sagemaker", "DeleteTags", { ResourceArn, TagKeys: removed });
  }
  const Tags = Object.entries(added).map(([Key, Value]) => ({ Key, Value }));
  if (Tags.length > 0) await api.call("sagemaker", "AddTags", { ResourceArn, Tags });
}

function known({ Key = "", Value = "" }: SageMakerTag): Tag {
  return { Key, Value };
}

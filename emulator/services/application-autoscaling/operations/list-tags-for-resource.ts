import {
  ListTagsForResource$,
  type ListTagsForResourceRequest,
  type ListTagsForResourceResponse,
} from "@aws-sdk/client-application-auto-scaling";
import { operation } from "../../../core/service.ts";
import type { ApplicationAutoScalingEngine } from "../engine.ts";

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ListTagsForResource.html
type Input = ListTagsForResourceRequest;
type Output = ListTagsForResourceResponse;

export const ListTagsForResource = operation<ApplicationAutoScalingEngine, Input, Output>({
  schema: ListTagsForResource$,
  handle: (scaling, { ResourceARN }, call) => ({
    Tags: Object.fromEntries(scaling.byArn(call, ResourceARN).tags),
  }),
  summarize: ({ ResourceARN }) => ResourceARN,
});

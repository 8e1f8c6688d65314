import {
  ListModels$,
  type ListModelsInput,
  type ListModelsOutput,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { modelListing } from "../limits.ts";
import { listPage } from "../listing.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListModels.html
export const ListModels = operation<SageMakerEngine, ListModelsInput, ListModelsOutput>({
  schema: ListModels$,
  limits: modelListing,
  handle(sagemaker, input, call) {
    const { items, nextToken } = listPage(sagemaker.models(call).all(), input);
    return {
      Models: items.map(({ name, arn, createdAt }) => ({
        ModelName: name,
        ModelArn: arn,
        CreationTime: new Date(createdAt),
      })),
      ...(nextToken && { NextToken: nextToken }),
    };
  },
  summarize: (_input, { Models }) => `${Models?.length} models`,
});

import {
  ListEndpointConfigs$,
  type ListEndpointConfigsInput,
  type ListEndpointConfigsOutput,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { endpointConfigListing } from "../limits.ts";
import { listPage } from "../listing.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListEndpointConfigs.html
type Input = ListEndpointConfigsInput;

export const ListEndpointConfigs = operation<SageMakerEngine, Input, ListEndpointConfigsOutput>({
  schema: ListEndpointConfigs$,
  limits: endpointConfigListing,
  handle(sagemaker, input, call) {
    const { items, nextToken } = listPage(sagemaker.configs(call).all(), input);
    return {
      EndpointConfigs: items.map(({ name, arn, createdAt }) => ({
        EndpointConfigName: name,
        EndpointConfigArn: arn,
        CreationTime: new Date(createdAt),
      })),
      ...(nextToken && { NextToken: nextToken }),
    };
  },
  summarize: (_input, { EndpointConfigs }) => `${EndpointConfigs?.length} endpoint configurations`,
});

import {
  CreateEventSourceMapping$,
  type CreateEventSourceMappingRequest,
  type EventSourceMappingConfiguration,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import {
  batchingWindowSeconds,
  batchSize,
  filterCriteria,
  functionResponseTypes,
  maximumRecordAgeSeconds,
  maximumRetryAttempts,
  parallelizationFactor,
  startingPosition,
  tumblingWindowSeconds,
} from "../event-source-mapping/limits.ts";
import { describeMapping, settingsOf } from "../event-source-mapping/parameters.ts";
import { functionReference, tags } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
export const CreateEventSourceMapping = operation<
  LambdaEngine,
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration
>({
  schema: CreateEventSourceMapping$,
  limits: {
    FunctionName: functionReference,
    BatchSize: batchSize,
    FilterCriteria: filterCriteria,
    MaximumBatchingWindowInSeconds: batchingWindowSeconds,
    ParallelizationFactor: parallelizationFactor,
    StartingPosition: startingPosition,
    MaximumRecordAgeInSeconds: maximumRecordAgeSeconds,
    MaximumRetryAttempts: maximumRetryAttempts,
    TumblingWindowInSeconds: tumblingWindowSeconds,
    FunctionResponseTypes: functionResponseTypes,
    Tags: tags,
  },
  async handle(lambda, input, call) {
    const settings = settingsOf(input, call);
    const mapping = await lambda.mappings.create(call, {
      settings,
      isEnabled: input.Enabled ?? true,
    });
    return describeMapping(mapping, call);
  },
  summarize: ({ FunctionName, EventSourceArn }) => `${EventSourceArn} → ${FunctionName}`,
});

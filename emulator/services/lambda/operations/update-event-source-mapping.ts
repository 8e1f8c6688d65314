import {
  type EventSourceMappingConfiguration,
  UpdateEventSourceMapping$,
  type UpdateEventSourceMappingRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import {
  batchingWindowSeconds,
  batchSize,
  filterCriteria,
  functionResponseTypes,
  mappingId,
  maximumRecordAgeSeconds,
  maximumRetryAttempts,
  parallelizationFactor,
  tumblingWindowSeconds,
} from "../event-source-mapping/limits.ts";
import { describeMapping, updatedSettings } from "../event-source-mapping/parameters.ts";
import { functionReference } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
export const UpdateEventSourceMapping = operation<
  LambdaEngine,
  UpdateEventSourceMappingRequest,
  EventSourceMappingConfiguration
>({
  schema: UpdateEventSourceMapping$,
  limits: {
    UUID: mappingId,
    FunctionName: functionReference,
    BatchSize: batchSize,
    FilterCriteria: filterCriteria,
    MaximumBatchingWindowInSeconds: batchingWindowSeconds,
    ParallelizationFactor: parallelizationFactor,
    MaximumRecordAgeInSeconds: maximumRecordAgeSeconds,
    MaximumRetryAttempts: maximumRetryAttempts,
    TumblingWindowInSeconds: tumblingWindowSeconds,
    FunctionResponseTypes: functionResponseTypes,
  },
  async handle(lambda, input, call) {
    const mapping = lambda.mappings.get(call, input.UUID);
    await lambda.mappings.update(mapping, {
      settings: updatedSettings(input, { mapping, call }),
      isEnabled: input.Enabled ?? mapping.intent.isEnabled,
    });
    return describeMapping(mapping, call);
  },
  summarize: ({ UUID }, { State }) => `${UUID} · ${State}`,
});

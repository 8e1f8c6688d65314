import {
  type EventSourceMappingConfiguration,
  GetEventSourceMapping$,
  type GetEventSourceMappingRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { mappingId } from "../event-source-mapping/limits.ts";
import { describeMapping } from "../event-source-mapping/parameters.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html
export const GetEventSourceMapping = operation<
  LambdaEngine,
  GetEventSourceMappingRequest,
  EventSourceMappingConfiguration
>({
  schema: GetEventSourceMapping$,
  limits: { UUID: mappingId },
  handle(lambda, { UUID }, call) {
    const mapping = lambda.mappings.get(call, UUID);

    return describeMapping(mapping, call);
  },
  summarize: ({ UUID }, { State }) => `${UUID} · ${State}`,
});

import {
  DeleteEventSourceMapping$,
  type DeleteEventSourceMappingRequest,
  type EventSourceMappingConfiguration,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { mappingId } from "../event-source-mapping/limits.ts";
import { describeMapping } from "../event-source-mapping/parameters.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html
export const DeleteEventSourceMapping = operation<
  LambdaEngine,
  DeleteEventSourceMappingRequest,
  EventSourceMappingConfiguration
>({
  schema: DeleteEventSourceMapping$,
  limits: { UUID: mappingId },
  handle(lambda, { UUID }, call) {
    const mapping = lambda.mappings.get(call, UUID);
    lambda.mappings.delete(call, mapping);
    return describeMapping(mapping, call);
  },
  summarize: ({ UUID }, { State }) => `${UUID} · ${State}`,
});

import {
  ListEventSourceMappings$,
  type ListEventSourceMappingsRequest,
  type ListEventSourceMappingsResponse,
} from "@aws-sdk/client-lambda";
import { decodeToken, encodeToken } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { LIST_PAGE, maxItems } from "../event-source-mapping/limits.ts";
import { describeMapping } from "../event-source-mapping/parameters.ts";
import { functionReference } from "../limits.ts";
import { parseFunctionReference } from "../model/function-reference.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html
export const ListEventSourceMappings = operation<
  LambdaEngine,
  ListEventSourceMappingsRequest,
  ListEventSourceMappingsResponse
>({
  schema: ListEventSourceMappings$,
  limits: { FunctionName: functionReference, MaxItems: maxItems },
  handle(lambda, { EventSourceArn, FunctionName, Marker, MaxItems }, call) {
    const named = FunctionName === undefined ? undefined : parseFunctionReference(FunctionName);
    const matching = lambda.mappings.list(call).filter(({ settings }) => {
      const { name } = parseFunctionReference(settings.functionArn) ?? {};
      return (
        (EventSourceArn === undefined || settings.eventSourceArn === EventSourceArn) &&
        (named === undefined || named.name === name)
      );
    });
    const after = Marker === undefined ? undefined : decodeToken(Marker);
    const start = matching.findIndex(({ id }) => id === after) + 1;
    const limit = Math.min(MaxItems ?? LIST_PAGE, LIST_PAGE);
    const page = matching.slice(start, start + limit);
    const hasMore = start + limit < matching.length;
    return {
      EventSourceMappings: page.map((mapping) => describeMapping(mapping, call)),
      ...(hasMore && { NextMarker: encodeToken(page.at(-1)?.id) }),
    };
  },
  summarize: (_input, { EventSourceMappings }) => `${EventSourceMappings?.length} mappings`,
});

import {
  ListFunctionEventInvokeConfigs$,
  type ListFunctionEventInvokeConfigsRequest,
  type ListFunctionEventInvokeConfigsResponse,
} from "@aws-sdk/client-lambda";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { invalidMarker } from "../errors.ts";
import { describeEventInvokeConfig, eventInvokeTarget } from "../event-invoke.ts";
import { functionReference, LIST_PAGE, maxItems } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html
export const ListFunctionEventInvokeConfigs = operation<
  LambdaEngine,
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse
>({
  schema: ListFunctionEventInvokeConfigs$,
  limits: { FunctionName: functionReference, MaxItems: maxItems },
  handle(lambda, input, call) {
    const fn = lambda.functions.findFunction(input, call);
    const { Marker, MaxItems = LIST_PAGE } = input;
    const last = Marker ? decodeToken(Marker) : "";
    if (typeof last !== "string") throw invalidMarker();
    const { items, next } = paginate([...fn.family.eventInvokeSettings.keys()].sort(), {
      after: (qualifier) => qualifier > last,
      limit: Math.min(MaxItems, LIST_PAGE),
    });
    return {
      FunctionEventInvokeConfigs: items.map((Qualifier) =>
        describeEventInvokeConfig(eventInvokeTarget(lambda, { ...input, Qualifier }, call)),
      ),
      ...(next !== undefined && { NextMarker: encodeToken(next) }),
    };
  },
  summarize: ({ FunctionName }) => FunctionName,
});

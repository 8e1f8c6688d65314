import {
  ListFunctionUrlConfigs$,
  type ListFunctionUrlConfigsRequest,
  type ListFunctionUrlConfigsResponse,
} from "@aws-sdk/client-lambda";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { invalidMarker } from "../errors.ts";
import { describeUrl } from "../function-url-members.ts";
import { functionReference, LIST_PAGE, maxItems } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html
export const ListFunctionUrlConfigs = operation<
  LambdaEngine,
  ListFunctionUrlConfigsRequest,
  ListFunctionUrlConfigsResponse
>({
  schema: ListFunctionUrlConfigs$,
  limits: { FunctionName: functionReference, MaxItems: maxItems },
  handle(lambda, input, call) {
    const { Marker, MaxItems = LIST_PAGE } = input;
    const last = Marker ? decodeToken(Marker) : "";
    if (typeof last !== "string") throw invalidMarker();
    const { fn } = lambda.functions.find(input, call);
    const { items, next } = paginate(lambda.urls.list(fn), {
      after: ({ arn }) => arn > last,
      limit: Math.min(MaxItems, LIST_PAGE),
    });
    return {
      FunctionUrlConfigs: items.map(describeUrl),
      ...(next && { NextMarker: encodeToken(next.arn) }),
    };
  },
  summarize: ({ FunctionName }) => FunctionName,
});

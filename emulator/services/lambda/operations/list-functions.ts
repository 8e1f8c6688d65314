import {
  ListFunctions$,
  type ListFunctionsRequest,
  type ListFunctionsResponse,
} from "@aws-sdk/client-lambda";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import { describeFunction } from "../describing.ts";
import type { LambdaEngine } from "../engine.ts";
import { invalidMarker } from "../errors.ts";
import { LIST_PAGE, maxItems } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
export const ListFunctions = operation<LambdaEngine, ListFunctionsRequest, ListFunctionsResponse>({
  schema: ListFunctions$,
  limits: { MaxItems: maxItems },
  handle(lambda, input, call) {
    refuseUnemulated(input);
    const { Marker, MaxItems = LIST_PAGE } = input;
    const last = Marker ? decodeToken(Marker) : "";
    if (typeof last !== "string") throw invalidMarker();
    const { items, next } = paginate(lambda.functions.list(call), {
      after: ({ name }) => name > last,
      limit: Math.min(MaxItems, LIST_PAGE),
    });
    return {
      Functions: items.map((fn) => describeFunction(fn)),
      ...(next && { NextMarker: encodeToken(next.name) }),
    };
  },
  summarize: (_input, { Functions }) => `${Functions?.length ?? 0} functions`,
});

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
import { functionVersion, LIST_PAGE, maxItems } from "../limits.ts";
import { LATEST, type LambdaFunction } from "../model/function.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
export const ListFunctions = operation<LambdaEngine, ListFunctionsRequest, ListFunctionsResponse>({
  schema: ListFunctions$,
  limits: { FunctionVersion: functionVersion, MaxItems: maxItems },
  handle(lambda, input, call) {
    refuseUnemulated(input);
    const { Marker, MaxItems = LIST_PAGE } = input;
    const last = Marker ? decodeToken(Marker) : "";
    if (typeof last !== "string") throw invalidMarker();
    const isAll = input.FunctionVersion === "ALL";
    const listed = lambda.functions.list(call).flatMap((fn) => {
      const versions = isAll ? [fn, ...fn.family.versions.values()] : [fn];
      return versions.map((each) => ({ each, key: keyOf(each) }));
    });
    const { items, next } = paginate(listed, {
      after: ({ key }) => key > last,
      limit: Math.min(MaxItems, LIST_PAGE),
    });
    return {
      Functions: items.map(({ each }) => describeFunction(each, isAll ? each.version : undefined)),
      ...(next && { NextMarker: encodeToken(next.key) }),
    };
  },
  summarize: (_input, { Functions }) => `${Functions?.length ?? 0} functions`,
});

/** Sorts functions by their names, and the versions of each from `$LATEST` on by their numbers. */
function keyOf({ name, version }: LambdaFunction): string {
  return `${name} ${version === LATEST ? "" : version.padStart(10, "0")}`;
}

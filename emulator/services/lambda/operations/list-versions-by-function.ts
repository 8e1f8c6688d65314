import {
  ListVersionsByFunction$,
  type ListVersionsByFunctionRequest,
  type ListVersionsByFunctionResponse,
} from "@aws-sdk/client-lambda";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import { describeFunction } from "../describing.ts";
import type { LambdaEngine } from "../engine.ts";
import { invalidMarker } from "../errors.ts";
import { functionReference, LIST_PAGE, maxItems } from "../limits.ts";
import { LATEST } from "../model/function.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html
export const ListVersionsByFunction = operation<
  LambdaEngine,
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse
>({
  schema: ListVersionsByFunction$,
  limits: { FunctionName: functionReference, MaxItems: maxItems },
  handle(lambda, input, call) {
    const fn = lambda.functions.findFunction(input, call);
    const { Marker, MaxItems = LIST_PAGE } = input;
    const last = Marker ? decodeToken(Marker) : -1;
    if (typeof last !== "number") throw invalidMarker();
    const numbered = [fn, ...fn.family.versions.values()].map((version) => ({
      version,
      number: version === fn ? 0 : Number(version.version),
    }));
    const { items, next } = paginate(numbered, {
      after: ({ number }) => number > last,
      limit: Math.min(MaxItems, LIST_PAGE),
    });
    return {
      // Only here the version without a number is named by its qualifier.
      Versions: items.map(({ version }) =>
        describeFunction(version, version === fn ? LATEST : undefined),
      ),
      ...(next && { NextMarker: encodeToken(next.number) }),
    };
  },
  summarize: ({ FunctionName }, { Versions }) =>
    `${FunctionName} · ${Versions?.length ?? 0} versions`,
});

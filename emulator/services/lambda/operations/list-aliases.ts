import {
  ListAliases$,
  type ListAliasesRequest,
  type ListAliasesResponse,
} from "@aws-sdk/client-lambda";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import { describeAlias } from "../aliasing.ts";
import type { LambdaEngine } from "../engine.ts";
import { invalidMarker } from "../errors.ts";
import { functionReference, LIST_PAGE, maxItems, versionName } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html
export const ListAliases = operation<LambdaEngine, ListAliasesRequest, ListAliasesResponse>({
  schema: ListAliases$,
  limits: { FunctionName: functionReference, FunctionVersion: versionName, MaxItems: maxItems },
  handle(lambda, input, call) {
    const fn = lambda.functions.findFunction(input, call);
    const { Marker, MaxItems = LIST_PAGE, FunctionVersion } = input;
    const last = Marker ? decodeToken(Marker) : "";
    if (typeof last !== "string") throw invalidMarker();
    const aliases = [...fn.family.aliases.values()]
      .filter(({ version, shared }) =>
        [version, shared?.version].includes(FunctionVersion ?? version),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, next } = paginate(aliases, {
      after: ({ name }) => name > last,
      limit: Math.min(MaxItems, LIST_PAGE),
    });
    return {
      Aliases: items.map((alias) => describeAlias(fn, alias)),
      ...(next && { NextMarker: encodeToken(next.name) }),
    };
  },
  summarize: ({ FunctionName }, { Aliases }) => `${FunctionName} · ${Aliases?.length ?? 0} aliases`,
});

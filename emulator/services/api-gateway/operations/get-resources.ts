import {
  GetResources$,
  type GetResourcesRequest,
  type Resources,
} from "@aws-sdk/client-api-gateway";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import { describeResource } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { positionInvalid } from "../errors.ts";
import { LIST_PAGE, MAX_LIST_PAGE } from "../limits.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_GetResources.html
export const GetResources = operation<ApiGatewayEngine, GetResourcesRequest, Resources>({
  schema: GetResources$,
  handle(gateway, { restApiId, position, limit = LIST_PAGE }, call) {
    const last = position === undefined ? "" : decodeToken(position);
    if (typeof last !== "string") throw positionInvalid();
    const sorted = [...gateway.api(restApiId, call).resources.values()].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    );
    const { items, next } = paginate(sorted, {
      after: ({ path }) => path > last,
      limit: Math.min(limit, MAX_LIST_PAGE),
    });
    return {
      items: items.map(describeResource),
      ...(next && { position: encodeToken(next.path) }),
    };
  },
});

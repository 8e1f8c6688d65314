import { GetRestApis$, type GetRestApisRequest, type RestApis } from "@aws-sdk/client-api-gateway";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import { describeApi } from "../describing.ts";
import type { ApiGatewayEngine } from "../engine.ts";
import { positionInvalid } from "../errors.ts";
import { LIST_PAGE, MAX_LIST_PAGE } from "../limits.ts";

// https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html
export const GetRestApis = operation<ApiGatewayEngine, GetRestApisRequest, RestApis>({
  schema: GetRestApis$,
  handle(gateway, { position, limit = LIST_PAGE }, call) {
    const last = position === undefined ? "" : decodeToken(position);
    if (typeof last !== "string") throw positionInvalid();
    const { items, next } = paginate(gateway.list(call), {
      after: ({ id }) => id > last,
      limit: Math.min(limit, MAX_LIST_PAGE),
    });
    return { items: items.map(describeApi), ...(next && { position: encodeToken(next.id) }) };
  },
  summarize: (_input, { items }) => `${items?.length ?? 0} APIs`,
});

import type { Clock } from "./core/clock.ts";
import type { Events } from "./core/events.ts";
import type { RequestHead, WireRequest, WireResponse } from "./core/wire.ts";
import type { LocalHandler } from "./edge/edge.ts";
import { type Address, addressOf } from "./gateway/address.ts";

/** Something that answers requests to functions, by the id in their address. */
interface Serving {
  serve(id: string, request: WireRequest, path: string): Promise<WireResponse> | undefined;
}

/** Who serves APIs and function URLs, and what their requests are told to. */
export function frontDoor(
  {
    apiGateway,
    apiGatewayV2,
    lambda,
  }: {
    apiGateway: { readonly engine: Serving };
    apiGatewayV2: { readonly engine: Serving };
    lambda: { readonly engine: { readonly urls: Serving } };
  },
  { clock, events }: { clock: Clock; events: Events },
): (head: RequestHead) => LocalHandler | undefined {
  const behind = {
    api: [apiGateway.engine, apiGatewayV2.engine],
    url: [lambda.engine.urls],
  };
  const serve = ({ door, id, path }: Address, request: WireRequest) => {
    for (const serving of behind[door]) {
      const answering = serving.serve(id, request, path);
      if (answering) return answering;
    }
    return Promise.resolve(nobody(door, id));
  };
  return (head) => {
    const address = addressOf(head);
    if (!address) return undefined;
    return async (request) => {
      const at = clock.now();
      const response = await serve(address, request);
      if (events.observed) {
        events.emit({
          type: "request",
          at,
          service: address.door === "api" ? "api-gateway" : "lambda-url",
          operation: `${request.method} ${address.path}`,
          status: response.status,
          durationMs: clock.now() - at,
          detail: address.id,
          requestId: response.headers["x-amzn-requestid"] ?? "",
        });
      }
      return response;
    };
  };
}

/** On AWS such a name has no address at all. */
function nobody(door: Address["door"], id: string): WireResponse {
  const message =
    door === "api" ? `There is no API ${id} here.` : `There is no function URL ${id} here.`;
  return {
    status: 404,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message }),
  };
}

import type { Clock } from "../../core/clock.ts";
import type { MetricSink } from "../../core/metrics.ts";
import type { WireRequest, WireResponse } from "../../core/wire.ts";
import { within } from "../../core/within.ts";
import type { Answer } from "../../gateway/answer.ts";
import { answerV1 } from "../../gateway/answer-v1.ts";
import { answerV2 } from "../../gateway/answer-v2.ts";
import { preflight, withCors } from "../../gateway/cors.ts";
import type { Functions } from "../../gateway/functions.ts";
import { type Incoming, type Invocation, incomingOf } from "../../gateway/incoming.ts";
import { newInvocation } from "../../gateway/invocation.ts";
import { ApiMetering } from "../../gateway/metering.ts";
import { eventV1 } from "../../gateway/payload-v1.ts";
import { eventV2, type MatchedRoute } from "../../gateway/payload-v2.ts";
import { bestMatch } from "../../gateway/route-match.ts";
import { MAX_PAYLOAD_BYTES } from "./limits.ts";
import type { HttpApi, Integration, Route, Stage } from "./model/http-api.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html

interface Needs {
  readonly clock: Clock;
  readonly functions: Functions;
}

/**
 * AWS's own metrics of HTTP APIs; those of single routes are for stages that ask for them in detail.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export const httpApiMetering = (sink: MetricSink | undefined) =>
  new ApiMetering<HttpApi>(sink, {
    clientErrors: "4xx",
    serverErrors: "5xx",
    countsBytes: true,
    dimensions: ({ id }) => ({ ApiId: id }),
  });

/** A request that has found its route. */
interface Arrived {
  readonly incoming: Incoming;
  readonly invocation: Invocation;
  readonly matched: MatchedRoute;
  readonly route: Route;
  readonly needs: Needs;
}

/** Answers a request to an HTTP API. @param path with the stage, if it is a named one */
export async function serveHttpApi(
  api: HttpApi,
  {
    request,
    path,
    needs,
    metering,
  }: { request: WireRequest; path: string; needs: Needs; metering: ApiMetering<HttpApi> },
): Promise<WireResponse> {
  const { stage, rest } = stageOf(api, path);
  const invocation = newInvocation(needs.clock.now(), {
    scope: api.scope,
    id: api.id,
    stage: stage?.name ?? "$default",
    stageVariables: stage?.variables ?? {},
    domainName: `${api.id}.execute-api.${api.scope.region}.amazonaws.com`,
  });
  const incoming = incomingOf(request, rest);
  const metered = metering.begin(needs);
  const { clock } = needs;
  const answered = stage
    ? await answer(api, { incoming, invocation, needs: { clock, functions: metered } })
    : refusal(404, "Not Found");
  const headers = { ...answered.headers, "apigw-requestid": invocation.extendedRequestId };
  const response = { ...answered, headers };
  if (stage) {
    const endedAt = clock.now();
    metering.answered(api, { stage: stage.name, metered, endedAt, received: request, response });
  }
  return response;
}

/** The stage that the path begins with, else `$default`, which no path names. */
function stageOf(api: HttpApi, path: string): { stage: Stage | undefined; rest: string } {
  const [, name = "", rest = ""] = /^\/+([^/]*)(.*)$/s.exec(path) ?? [];
  const stage = name === "$default" ? undefined : api.stages.get(name);
  return stage
    ? { stage, rest: rest === "" ? "/" : rest }
    : { stage: api.stages.get("$default"), rest: path };
}

async function answer(
  api: HttpApi,
  { incoming, invocation, needs }: Pick<Arrived, "incoming" | "invocation" | "needs">,
): Promise<WireResponse> {
  const early = api.cors && preflight(api.cors, incoming);
  if (early) return early;
  const found = routeOf(api, incoming);
  const integration = found && api.integrations.get(found.route.integrationId ?? "");
  const response = await (async () => {
    if (!found) return refusal(404, "Not Found");
    if (!integration) return refusal(500, "Internal Server Error");
    // UNCONFIRMED: its words.
    if (incoming.body.length > MAX_PAYLOAD_BYTES) return refusal(413, "Request Entity Too Large");
    return await invoke(integration, { incoming, invocation, needs, ...found });
  })();
  return api.cors ? withCors(response, api.cors, incoming) : response;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation */
function routeOf(
  api: HttpApi,
  { method, path }: Incoming,
): { route: Route; matched: MatchedRoute } | undefined {
  const routes = [...api.routes.values()];
  const exact = routes.filter((route) => route.method === method);
  const any = routes.filter((route) => route.method === "ANY");
  const best = bestMatch([...exact, ...any], path);
  const route = best?.route ?? api.routes.get("$default");
  if (!route) return undefined;
  const parameters = Object.entries(best?.pathParameters ?? {});
  const pathParameters = Object.fromEntries(parameters.map(([name, one]) => [name, plain(one)]));
  return { route, matched: { routeKey: route.key, pathParameters } };
}

async function invoke(integration: Integration, arrived: Arrived): Promise<WireResponse> {
  const { clock, functions } = arrived.needs;
  const payload = JSON.stringify(eventOf(integration, arrived));
  try {
    const running = functions.invoke(integration.functionArn, payload);
    const result = await within(clock, integration.timeoutMs, running);
    // UNCONFIRMED: its words.
    if (result === "timeout") return refusal(503, "Service Unavailable");
    const read = result.functionError ? undefined : answerOf(integration, result.payload);
    return read ?? refusal(500, "Internal Server Error");
  } catch {
    // The function is not there, throttled, or its event too large.
    return refusal(500, "Internal Server Error");
  }
}

function answerOf({ payloadFormatVersion }: Integration, payload: string): Answer | undefined {
  if (payloadFormatVersion === "2.0") return answerV2(payload);
  const answered = answerV1(payload, { decodesBase64: true });
  return typeof answered === "string" ? undefined : answered;
}

function eventOf({ payloadFormatVersion }: Integration, arrived: Arrived): object {
  const { incoming, invocation, matched, route } = arrived;
  const event = eventV2(incoming, matched, invocation);
  if (payloadFormatVersion === "2.0") return event;
  const resource = {
    resourceId: route.key,
    resource: route.method === undefined ? "$default" : route.pattern.path,
    pathParameters: matched.pathParameters,
    deploymentId: "",
    isBinary: event.isBase64Encoded,
  };
  return { version: "1.0", ...eventV1(incoming, resource, invocation) };
}

function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

function refusal(status: number, message: string): WireResponse {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: JSON.stringify({ message }) };
}

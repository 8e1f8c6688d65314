import type { WireResponse } from "../core/wire.ts";
import { header, type Incoming } from "./incoming.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html

/** What an HTTP API or a function URL answers browsers of other origins. */
export interface Cors {
  readonly allowOrigins?: readonly string[] | undefined;
  readonly allowMethods?: readonly string[] | undefined;
  readonly allowHeaders?: readonly string[] | undefined;
  readonly exposeHeaders?: readonly string[] | undefined;
  readonly allowCredentials?: boolean | undefined;
  readonly maxAge?: number | undefined;
}

/** The answer to a preflight request; `undefined` when the request is none. UNCONFIRMED: its status. */
export function preflight(cors: Cors, incoming: Incoming): WireResponse | undefined {
  const isPreflight =
    incoming.method === "OPTIONS" &&
    header(incoming, "origin") !== undefined &&
    header(incoming, "access-control-request-method") !== undefined;
  if (!isPreflight) return undefined;
  const headers = corsHeaders(cors, incoming);
  if (Object.keys(headers).length === 0) return { status: 204, headers, body: "" };
  const { allowMethods, allowHeaders, maxAge } = cors;
  if (allowMethods) headers["access-control-allow-methods"] = allowMethods.join(",");
  if (allowHeaders) headers["access-control-allow-headers"] = allowHeaders.join(",");
  if (maxAge !== undefined) headers["access-control-max-age"] = String(maxAge);
  return { status: 204, headers, body: "" };
}

/** What any answer to a request from an allowed origin carries. */
export function corsHeaders(cors: Cors, incoming: Incoming): Record<string, string> {
  const origin = header(incoming, "origin");
  const { allowOrigins = [], allowCredentials, exposeHeaders } = cors;
  if (origin === undefined) return {};
  const isAny = allowOrigins.includes("*");
  if (!isAny && !allowOrigins.includes(origin)) return {};
  return {
    "access-control-allow-origin": isAny && !allowCredentials ? "*" : origin,
    ...(!isAny && { vary: "origin" }),
    ...(allowCredentials && { "access-control-allow-credentials": "true" }),
    ...(exposeHeaders?.length && { "access-control-expose-headers": exposeHeaders.join(",") }),
  };
}

/** An integration's own CORS headers give way to the configuration's. */
export function withCors(response: WireResponse, cors: Cors, incoming: Incoming): WireResponse {
  const kept = Object.entries(response.headers).filter(
    ([name]) => !name.startsWith("access-control-"),
  );
  const headers = { ...Object.fromEntries(kept), ...corsHeaders(cors, incoming) };
  return { ...response, headers };
}

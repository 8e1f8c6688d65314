import type { WireResponse } from "../core/wire.ts";
import { header, type Incoming } from "./incoming.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html

/** What an HTTP API or a function URL answers browsers of other origins, in the members that both APIs have. */
export interface Cors {
  readonly AllowOrigins?: string[] | undefined;
  readonly AllowMethods?: string[] | undefined;
  readonly AllowHeaders?: string[] | undefined;
  readonly ExposeHeaders?: string[] | undefined;
  readonly AllowCredentials?: boolean | undefined;
  readonly MaxAge?: number | undefined;
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
  const { AllowMethods, AllowHeaders, MaxAge } = cors;
  if (AllowMethods) headers["access-control-allow-methods"] = AllowMethods.join(",");
  if (AllowHeaders) headers["access-control-allow-headers"] = AllowHeaders.join(",");
  if (MaxAge !== undefined) headers["access-control-max-age"] = String(MaxAge);
  return { status: 204, headers, body: "" };
}

/** What any answer to a request from an allowed origin carries. */
export function corsHeaders(cors: Cors, incoming: Incoming): Record<string, string> {
  const origin = header(incoming, "origin");
  const { AllowOrigins = [], AllowCredentials, ExposeHeaders } = cors;
  if (origin === undefined) return {};
  const isAny = AllowOrigins.includes("*");
  if (!isAny && !AllowOrigins.includes(origin)) return {};
  return {
    "access-control-allow-origin": isAny && !AllowCredentials ? "*" : origin,
    ...(!isAny && { vary: "origin" }),
    ...(AllowCredentials && { "access-control-allow-credentials": "true" }),
    ...(ExposeHeaders?.length && { "access-control-expose-headers": ExposeHeaders.join(",") }),
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

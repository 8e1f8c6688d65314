import type { WireRequest, WireResponse } from "../core/wire.ts";
import type { LocalHandler } from "./edge.ts";
import { guard, guardHost, isForeign, pageRefused } from "./guard.ts";

/**
 * A handler that pages of other origins may ask where its answer to a preflight names them. A browser asks so
 * before some requests only; here it is asked before each, so that no page runs what has not let it in.
 */
// DIFFERS: AWS takes what browsers send without a preflight, and leaves it to them to hide the answer.
export function openToPages(
  handler: LocalHandler,
  allowedHosts: ReadonlySet<string>,
): LocalHandler {
  return async (request) => {
    guardHost(request, allowedHosts);
    // What a preflight answers says itself who may ask.
    if (isForeign(request, allowedHosts) && request.method !== "OPTIONS") {
      const answer = await handler(preflightOf(request));
      if (!answer || !names(answer, request.headers.origin ?? "")) throw pageRefused(request);
    }
    return handler(request);
  };
}

/** A handler that no page of another origin may ever reach. */
export function closedToPages(
  handler: LocalHandler,
  allowedHosts: ReadonlySet<string>,
): LocalHandler {
  return (request) => {
    guard(request, allowedHosts);
    return handler(request);
  };
}

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch */
function preflightOf({ method, path, headers, signal }: WireRequest): WireRequest {
  const { host, ":authority": authority, origin = "" } = headers;
  return {
    method: "OPTIONS",
    path,
    query: new URLSearchParams(),
    headers: {
      ...(host !== undefined && { host }),
      ...(authority !== undefined && { ":authority": authority }),
      origin,
      "access-control-request-method": method,
    },
    body: Buffer.alloc(0),
    signal,
  };
}

function names({ status, headers }: WireResponse, origin: string): boolean {
  const [, allowed] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === ALLOW_ORIGIN) ?? [];
  return status >= 200 && status < 300 && (allowed === "*" || allowed === origin);
}

const ALLOW_ORIGIN = "access-control-allow-origin";

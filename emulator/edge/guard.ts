import { AwsError } from "../core/errors.ts";
import type { WireRequest } from "../core/wire.ts";

/**
 * Keeps web pages out: any page a user visits can send requests to this port. One that rebinds its name to
 * 127.0.0.1 is told by its Host header, and nothing lets it in.
 */
export function guardHost(
  { headers }: Pick<WireRequest, "headers">,
  allowedHosts: ReadonlySet<string>,
): void {
  const host = hostName(headers.host ?? headers[":authority"] ?? "");
  if (isOurs(host, allowedHosts)) return;
  throw new AwsError(
    "AccessDeniedException",
    `Host "${host}" is not served here. Use 127.0.0.1 or localhost, or start with --allow-host ${host}.`,
    { status: 403 },
  );
}

/** Whether a request comes from a page of another origin, which its Origin header tells. */
export function isForeign(
  { headers }: Pick<WireRequest, "headers">,
  allowedHosts: ReadonlySet<string>,
): boolean {
  const { origin } = headers;
  return origin !== undefined && !isOurs(originHost(origin), allowedHosts);
}

export function pageRefused({ headers }: Pick<WireRequest, "headers">): AwsError {
  return new AwsError(
    "AccessDeniedException",
    `Requests from web pages of ${headers.origin} are refused.`,
    { status: 403 },
  );
}

/** For what no page of another origin may ever reach. */
export function guard(
  request: Pick<WireRequest, "headers">,
  allowedHosts: ReadonlySet<string>,
): void {
  guardHost(request, allowedHosts);
  if (isForeign(request, allowedHosts)) throw pageRefused(request);
}

/** Loopback names, the buckets and regions some clients prepend to them, and what the user allowed. */
function isOurs(host: string, allowedHosts: ReadonlySet<string>): boolean {
  return (
    host === "127.0.0.1" ||
    host === "::1" ||
    host === "localhost" ||
    host.endsWith(".localhost") ||
    allowedHosts.has(host)
  );
}

function hostName(authority: string): string {
  if (authority.startsWith("[")) return authority.slice(1, authority.indexOf("]"));
  const colon = authority.indexOf(":");
  return (colon < 0 ? authority : authority.slice(0, colon)).toLowerCase();
}

function originHost(origin: string): string {
  try {
    return hostName(new URL(origin).host);
  } catch {
    // "null" is what sandboxed frames and files send.
    return origin;
  }
}

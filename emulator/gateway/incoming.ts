import { perSecond } from "../core/per-second.ts";
import type { WireRequest } from "../core/wire.ts";

export type Pair = readonly [name: string, value: string];

/** A request on its way to a function, in all that the function is told of it. */
export interface Incoming {
  readonly method: string;
  /** Without API and stage; still percent-encoded. */
  readonly path: string;
  /** The query as it was written, without its question mark. */
  readonly search: string;
  readonly query: readonly Pair[];
  /** In their order and case; repeated ones repeat. */
  readonly headers: readonly Pair[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
}

/** What API Gateway or Lambda calls a request, and where it came in. */
export interface Invocation {
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly traceId: string;
  /** Epoch ms. */
  readonly at: number;
  readonly accountId: string;
  readonly region: string;
  /** Of the API or the function URL. */
  readonly id: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly domainName: string;
}

/** What an API passes to no integration. */
const DROPPED = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "http2-settings",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
]);

/** @param path what is left of the path once API and stage are told */
export function incomingOf(request: WireRequest, path: string): Incoming {
  const raw = request.raw?.();
  const { method, query, body } = request;
  const headers = raw ? pairs(raw.headers) : Object.entries(request.headers);
  const host = request.headers.host ?? request.headers[":authority"] ?? "localhost";
  const named = headers.filter(([name]) => !name.startsWith(":") && !isDropped(name));
  if (!named.some(([name]) => name.toLowerCase() === "host")) named.unshift(["Host", host]);
  return {
    method,
    path,
    search: raw?.search ?? query.toString(),
    query: [...query],
    headers: named,
    body,
    sourceIp: (raw?.sourceIp ?? "127.0.0.1").replace(/^::ffff:/, ""),
    protocol: "HTTP/1.1",
  };
}

/** The first header of a name, in whatever case. */
export function header({ headers }: Pick<Incoming, "headers">, name: string): string | undefined {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1];
}

/** What API Gateway says of a request, whatever the request itself says there. */
const ADDED = new Set([
  "x-amzn-trace-id",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

/**
 * A request's headers and, after them, what API Gateway adds.
 * DIFFERS: scheme and port are those of the tank, where AWS always says https and 443.
 */
export function forwarded(incoming: Incoming, traceId: string): Pair[] {
  const port = /:(\d+)$/.exec(header(incoming, "host") ?? "")?.[1] ?? "80";
  const before = header(incoming, "x-forwarded-for");
  const headers = incoming.headers.filter(([name]) => !ADDED.has(name.toLowerCase()));
  headers.push(
    ["X-Amzn-Trace-Id", header(incoming, "x-amzn-trace-id") ?? traceId],
    ["X-Forwarded-For", before ? `${before}, ${incoming.sourceIp}` : incoming.sourceIp],
    ["X-Forwarded-Port", port],
    ["X-Forwarded-Proto", "http"],
  );
  return headers;
}

/** `04/Mar/2020:19:15:17 +0000` */
export const clfTime = perSecond((second) => {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(
    new Date(second * 1000).toUTCString(),
  ) as RegExpExecArray;
  return `${day}/${month}/${year}:${time} +0000`;
});

function isDropped(name: string): boolean {
  return DROPPED.has(name.toLowerCase());
}

function pairs(flat: readonly string[]): Pair[] {
  const found: Pair[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    found.push([flat[index] ?? "", flat[index + 1] ?? ""]);
  }
  return found;
}

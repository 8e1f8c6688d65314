import type { RequestHead } from "../core/wire.ts";

/** Which way in a request takes to a function: an API's, or a function URL's. */
export type Door = "api" | "url";

/** A request for an API or a function URL, and what is left of its path. */
export interface Address {
  readonly door: Door;
  readonly id: string;
  /** Begins with a slash; still percent-encoded. */
  readonly path: string;
}

const PATHS = [
  { door: "api", prefix: "/_api/" },
  { door: "url", prefix: "/_url/" },
] as const;

const HOSTS = [
  { door: "api", mark: ".execute-api." },
  { door: "url", mark: ".lambda-url." },
] as const;

/**
 * Reads `/_api/<id>/…`, `/_url/<id>/…`, `<id>.execute-api.<region>.localhost` and
 * `<id>.lambda-url.<region>.localhost`. Nothing for any other request, at the cost of two comparisons.
 */
export function addressOf({ path, headers }: RequestHead): Address | undefined {
  const host = headers.host ?? headers[":authority"] ?? "";
  // Under a host like bucket.localhost the path is an object's key.
  const isSubdomain = host.includes(".localhost");
  if (path.startsWith("/_") && !isSubdomain) {
    for (const { door, prefix } of PATHS) {
      if (!path.startsWith(prefix)) continue;
      const end = path.indexOf("/", prefix.length);
      const id = path.slice(prefix.length, end < 0 ? undefined : end);
      return { door, id, path: end < 0 ? "/" : path.slice(end) };
    }
  }
  // Most requests come to 127.0.0.1 or localhost, and no label of theirs is an id.
  if (!isSubdomain) return undefined;
  for (const { door, mark } of HOSTS) {
    const at = host.indexOf(mark);
    if (at > 0) return { door, id: host.slice(0, at).toLowerCase(), path };
  }
  return undefined;
}

const AWS_URL =
  /https:\/\/([a-z0-9]+)\.(execute-api|lambda-url)\.[a-z0-9-]+\.(?:amazonaws\.com|on\.aws)/g;
const WEBSITE_URL = /http:\/\/([a-z0-9.-]+)\.s3-website[.-][a-z0-9-]+\.amazonaws\.com/g;

/**
 * A text with AWS's addresses of APIs, function URLs and websites in it, and the tank's own in their places.
 * A website keeps a host of its own, and with it an origin of its own.
 */
export function localUrls(text: string, endpointUrl: string): string {
  const { port } = new URL(endpointUrl);
  return text
    .replace(AWS_URL, (_whole, id: string, kind: string) => {
      return `${endpointUrl}/${kind === "execute-api" ? "_api" : "_url"}/${id}`;
    })
    .replace(WEBSITE_URL, (_whole, bucket: string) => {
      return `http://${bucket}.s3-website.localhost:${port}`;
    });
}

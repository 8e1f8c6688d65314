import { randomUUID } from "node:crypto";
import { AwsError } from "../../core/errors.ts";
import type { WireRequest, WireResponse } from "../../core/wire.ts";
import { assertReadable } from "./conditions.ts";
import type { S3Engine } from "./engine.ts";
import { methodNotAllowed, noSuchKey, noSuchWebsite } from "./errors.ts";
import type { StoredObject } from "./model/object.ts";
import {
  locationOf,
  type Redirect,
  redirectedKey,
  ruleFor,
  type Visited,
} from "./model/redirect.ts";
import { errorPage, type WebError, type Website } from "./model/website.ts";
import { rangeOf } from "./reading.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html

/** A page that is asked of a bucket. */
interface PageRequest extends Visited {
  readonly bucket: string;
}

const HOST = /^(.+)\.s3-website(?:[.-][a-z0-9-]+)?\.localhost$/;
const PATH = /^\/_website\/([^/]+)(\/.*)?$/;

/** Answers for a bucket's website; `undefined` for a request to S3's API. */
export function serveWebsite(s3: S3Engine, request: WireRequest): WireResponse | undefined {
  const page = pageOf(request);
  if (!page) return undefined;
  const requestId = randomUUID();
  let website: Website | undefined;
  try {
    if (request.method !== "GET" && request.method !== "HEAD")
      throw methodNotAllowed(request.method);
    const bucket = s3.bucket(page.bucket);
    website = bucket.website;
    if (!website) throw noSuchWebsite(page.bucket);
    if (website.redirectAll) return redirected(website.redirectAll, page);
    return ruled(website, { page }) ?? found(s3, { page, website, request });
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    if (thrown.status === 304) return { status: 304, headers: {}, body: "" };
    const error = webError(thrown);
    const onError = website && ruled(website, { page, errorStatus: error.status });
    return onError ?? failed(s3, { page, website, error, requestId });
  }
}

/** What the website's rules make of a request, or of its failure. */
function ruled(
  { rules }: Website,
  { page, errorStatus }: { page: PageRequest; errorStatus?: number },
): WireResponse | undefined {
  const rule = ruleFor(rules, { key: page.key, errorStatus });
  return rule && redirected(rule.redirect, { ...page, key: redirectedKey(rule, page.key) });
}

/** UNCONFIRMED: that the query goes along. */
function redirected(to: Omit<Redirect, "key">, visited: Visited): WireResponse {
  return { status: to.status, headers: { location: locationOf(to, visited) }, body: "" };
}

function found(
  s3: S3Engine,
  { page, website, request }: { page: PageRequest; website: Website; request: WireRequest },
): WireResponse {
  const bucket = s3.bucket(page.bucket);
  const isFolder = page.key === "" || page.key.endsWith("/");
  const key = isFolder ? page.key + website.indexSuffix : page.key;
  const object = bucket.get(key);
  const elsewhere = object?.headers.WebsiteRedirectLocation;
  if (elsewhere !== undefined) return { status: 301, headers: { location: elsewhere }, body: "" };
  if (object) return answered(object, request);
  if (!isFolder && bucket.get(`${page.key}/${website.indexSuffix}`)) {
    const folder = { ...page, key: `${page.key}/`, search: "" };
    return redirected({ status: 302, hostName: undefined, protocol: undefined }, folder);
  }
  throw noSuchKey(key);
}

function answered(object: StoredObject, { headers }: WireRequest): WireResponse {
  assertReadable(object, {
    IfMatch: headers["if-match"],
    IfNoneMatch: headers["if-none-match"],
    ...dates(headers),
  });
  const range = rangeOf(object, { Range: headers.range });
  return {
    status: range ? 206 : 200,
    headers: { ...headersOf(object), ...(range && { "content-range": range.header }) },
    body: range ? object.body.subarray(range.from, range.to + 1) : object.body,
  };
}

function failed(
  s3: S3Engine,
  options: {
    page: PageRequest;
    website: Website | undefined;
    error: WebError;
    requestId: string;
  },
): WireResponse {
  const { page, website, error, requestId } = options;
  const headers = {
    "x-amz-error-code": error.code,
    "x-amz-error-message": error.message,
    "x-amz-request-id": requestId,
  };
  const { errorKey } = website ?? {};
  const document = errorKey === undefined ? undefined : s3.bucket(page.bucket).get(errorKey);
  if (document) {
    const { status } = error;
    return { status, headers: { ...headersOf(document), ...headers }, body: document.body };
  }
  const documentError = errorKey === undefined ? undefined : webError(noSuchKey(errorKey));
  return {
    status: error.status,
    headers: { ...headers, "content-type": "text/html; charset=utf-8" },
    body: errorPage(error, { requestId, documentError }),
  };
}

function headersOf({ headers, etag, modifiedAt }: StoredObject): Record<string, string> {
  const { ContentType, ContentEncoding, ContentDisposition, ContentLanguage, CacheControl } =
    headers;
  const metadata = Object.entries(headers.Metadata ?? {});
  return {
    etag,
    "last-modified": new Date(modifiedAt).toUTCString(),
    "accept-ranges": "bytes",
    ...(ContentType && { "content-type": ContentType }),
    ...(ContentEncoding && { "content-encoding": ContentEncoding }),
    ...(ContentDisposition && { "content-disposition": ContentDisposition }),
    ...(ContentLanguage && { "content-language": ContentLanguage }),
    ...(CacheControl && { "cache-control": CacheControl }),
    ...Object.fromEntries(metadata.map(([name, value]) => [`x-amz-meta-${name}`, value])),
  };
}

function pageOf({ path, query, headers }: WireRequest): PageRequest | undefined {
  const authority = headers.host ?? headers[":authority"] ?? "";
  // Every request of the tank comes by here.
  if (!path.startsWith("/_website/") && !authority.includes(".s3-website")) return undefined;
  const host = authority.split(":", 1)[0] ?? "";
  const asked = { authority, search: query.size > 0 ? `?${query}` : "" };
  const [, bucket] = HOST.exec(host.toLowerCase()) ?? [];
  if (bucket !== undefined) return { ...asked, bucket, key: decoded(path.slice(1)), root: "" };
  const [, named, rest = "/"] = PATH.exec(path) ?? [];
  if (named === undefined) return undefined;
  const key = decoded(rest.slice(1));
  return { ...asked, bucket: decoded(named), key, root: `/_website/${named}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function dates(headers: WireRequest["headers"]): Record<string, Date> {
  const found: Record<string, Date> = {};
  for (const [member, name] of [
    ["IfModifiedSince", "if-modified-since"],
    ["IfUnmodifiedSince", "if-unmodified-since"],
  ] as const) {
    const date = new Date(headers[name] ?? "");
    // A date that is none is as if it were absent: RFC 9110, 13.1.3.
    if (!Number.isNaN(date.getTime())) found[member] = date;
  }
  return found;
}

function webError({ code, message, status = 400, members }: AwsError): WebError {
  return { status, code, message, members };
}

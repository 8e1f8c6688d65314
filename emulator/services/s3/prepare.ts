import type { WireRequest } from "../../core/wire.ts";
import {
  incompleteBody,
  linkIncomplete,
  linkLastsTooLong,
  linkMalformed,
  requestExpired,
} from "./errors.ts";
import { MAX_LINK_SECONDS } from "./limits.ts";
import { decodeAwsChunked } from "./model/aws-chunked.ts";

/**
 * What happens to a request before its operation sees it: an expired link is refused, and a streamed upload
 * loses its framing, its trailing checksum moving among the headers.
 */
export function prepareS3(
  { headers, query, body }: WireRequest,
  now: number,
): Pick<WireRequest, "headers" | "body"> {
  assertUsable(query, now);
  if (!isAwsChunked(headers)) return { headers, body };
  const decoded = decodeAwsChunked(body);
  const length = headers["x-amz-decoded-content-length"];
  if (length !== undefined && Number(length) !== decoded.body.length) throw incompleteBody();
  const encoding = (headers["content-encoding"] ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "aws-chunked")
    .join(",");
  const { "content-encoding": _, ...others } = headers;
  return {
    headers: { ...others, ...decoded.trailers, ...(encoding && { "content-encoding": encoding }) },
    body: decoded.body,
  };
}

/**
 * Throws for a presigned link that is over, or was never right.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
function assertUsable(query: URLSearchParams, now: number): void {
  // The older form lacks one of its three parts.
  const legacy = ["AWSAccessKeyId", "Signature", "Expires"].filter((name) => query.has(name));
  if (query.has("Signature") && legacy.length < 3) throw linkIncomplete();
  if (query.has("AWSAccessKeyId") && legacy.length < 3) throw linkIncomplete();
  const seconds = query.get("X-Amz-Expires");
  if (seconds !== null) {
    if (!/^\d+$/.test(seconds)) throw linkMalformed("X-Amz-Expires should be a number");
    if (Number(seconds) > MAX_LINK_SECONDS) throw linkLastsTooLong(MAX_LINK_SECONDS);
  }
  const expires = expiryOf(query);
  if (expires !== undefined && now > expires) throw requestExpired({ expires, seconds }, now);
}

/** When a presigned link ends, epoch ms: by SigV4's duration or the older form's epoch seconds. */
export function expiryOf(query: URLSearchParams): number | undefined {
  const date = query.get("X-Amz-Date");
  const seconds = query.get("X-Amz-Expires");
  if (date !== null && seconds !== null) {
    const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
    if (!match) return undefined;
    const [year = 0, month = 1, day = 1, hour, minute, second] = match.slice(1).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) + Number(seconds) * 1000;
  }
  const legacy = query.get("AWSAccessKeyId") === null ? null : query.get("Expires");
  return legacy === null ? undefined : Number(legacy) * 1000;
}

function isAwsChunked(headers: WireRequest["headers"]): boolean {
  return (
    headers["x-amz-content-sha256"]?.startsWith("STREAMING-") === true ||
    headers["content-encoding"]?.includes("aws-chunked") === true
  );
}

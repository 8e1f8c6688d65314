import type { RequestHead, WireResponse } from "../../core/wire.ts";
import type { S3Engine } from "./engine.ts";
import { corsForbidden, corsNotEnabled, corsRequestIncomplete } from "./errors.ts";
import {
  allowingRule,
  type CorsRequest,
  type CorsRule,
  corsHeaders,
  namesOrigin,
} from "./model/cors.ts";
import { routeS3 } from "./route.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html

/** What pages of other origins may do with an object; all that they may do with anything. */
const OBJECT_OPERATIONS = new Set([
  "GetObject",
  "HeadObject",
  "PutObject",
  "DeleteObject",
  "CreateMultipartUpload",
  "UploadPart",
  "CompleteMultipartUpload",
  "AbortMultipartUpload",
  "ListParts",
]);
const READING = ["GET", "HEAD"];

/** The headers that let the page behind a request see its answer; `undefined` when none may. */
export function corsOf(s3: S3Engine, head: RequestHead): Record<string, string> | undefined {
  const { origin } = head.headers;
  if (origin === undefined) return undefined;
  const request = { origin, method: head.method, headers: [] };
  const rule = allowingRule(rulesFor(s3, head) ?? [], request);
  return rule && corsHeaders(rule, request);
}

/**
 * Whether a page from elsewhere may send the request at all. Signatures are not verified here, so the rules
 * are all there is. DIFFERS: a page may write only where a rule names its very origin, since a rule for every origin,
 * harmless on AWS, would let any page that the user visits plant another one here.
 */
export function admitsForeign(s3: S3Engine, head: RequestHead): boolean {
  const { origin } = head.headers;
  const route = routeS3(head);
  if (origin === undefined || !route || !OBJECT_OPERATIONS.has(route.operation)) return false;
  return foreignRule(rulesFor(s3, head) ?? [], { origin, method: head.method, headers: [] });
}

/** Answers a browser's question before its request; `undefined` when it is for no bucket here. */
export function preflight(
  s3: S3Engine,
  head: RequestHead,
  isForeign: boolean,
): WireResponse | undefined {
  if (head.method !== "OPTIONS") return undefined;
  const method = head.headers["access-control-request-method"];
  const rules = rulesFor(s3, { ...head, method: method ?? "GET" });
  if (!rules) return undefined;
  const { origin } = head.headers;
  if (origin === undefined || method === undefined) throw corsRequestIncomplete();
  const announced = head.headers["access-control-request-headers"] ?? "";
  const headers = announced.split(",").map((name) => name.trim().toLowerCase());
  const request = { origin, method, headers: headers.filter((name) => name !== "") };
  if (rules.length === 0) throw corsNotEnabled();
  const rule = allowingRule(rules, request);
  if (!rule || (isForeign && !foreignRule(rules, request))) throw corsForbidden(method);
  return { status: 200, headers: corsHeaders(rule, request), body: "" };
}

function foreignRule(rules: readonly CorsRule[], request: CorsRequest): boolean {
  const usable = READING.includes(request.method) ? rules : namesOrigin(rules, request.origin);
  return allowingRule(usable, request) !== undefined;
}

/** The rules of the bucket that a request is for; `undefined` when there is no such bucket. */
function rulesFor(s3: S3Engine, head: RequestHead): readonly CorsRule[] | undefined {
  const name = routeS3(head)?.labels.Bucket;
  const bucket = name === undefined ? undefined : s3.find(name);
  return bucket && (bucket.cors ?? []);
}

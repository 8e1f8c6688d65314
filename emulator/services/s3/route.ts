import type { Route, WireRequest } from "../../core/wire.ts";

type Request = Pick<WireRequest, "method" | "path" | "query" | "headers">;

/**
 * S3's published routes leave a dozen ambiguous, since what decides is often a query flag or a header.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export function routeS3(request: Request): Route | undefined {
  const { Bucket, Key } = addressOf(request);
  const operation =
    Bucket === undefined
      ? serviceOperation(request)
      : Key === undefined
        ? bucketOperation(request)
        : objectOperation(request);
  return operation === undefined ? undefined : { operation, labels: { Bucket, Key } };
}

/** Where an address stands: `/bucket/key`, or `bucket.localhost` and `/key`. */
function addressOf({ path, headers }: Request): { Bucket?: string; Key?: string } {
  const host = (headers.host ?? headers[":authority"] ?? "").split(":", 1)[0] ?? "";
  const virtual = /^(.+?)(?:\.s3(?:[.-][a-z0-9-]+)*)?\.localhost$/.exec(host)?.[1];
  const rest = path.replace(/^\//, "");
  if (virtual !== undefined && virtual !== "s3") return named(virtual, rest);
  const slash = rest.indexOf("/");
  return slash < 0
    ? named(decode(rest), "")
    : named(decode(rest.slice(0, slash)), rest.slice(slash + 1));
}

function named(bucket: string, key: string): { Bucket?: string; Key?: string } {
  if (bucket === "") return {};
  return key === "" ? { Bucket: bucket } : { Bucket: bucket, Key: decode(key) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function serviceOperation({ method }: Request): string | undefined {
  return method === "GET" ? "ListBuckets" : undefined;
}

function bucketOperation({ method, query }: Request): string | undefined {
  const part = subresource(query, bucketSubresources);
  if (part) return `${verbs[method] ?? "Get"}Bucket${part}`;
  switch (method) {
    case "GET":
      if (query.has("uploads")) return "ListMultipartUploads";
      if (query.has("versions")) return "ListObjectVersions";
      if (query.has("location")) return "GetBucketLocation";
      return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
    case "HEAD":
      return "HeadBucket";
    case "PUT":
      return "CreateBucket";
    case "DELETE":
      return "DeleteBucket";
    case "POST":
      return query.has("delete") ? "DeleteObjects" : "PostObject";
    default:
      return undefined;
  }
}

function objectOperation({ method, query, headers }: Request): string | undefined {
  const part = subresource(query, objectSubresources);
  if (part) return `${verbs[method] ?? "Get"}Object${part}`;
  const isCopy = headers["x-amz-copy-source"] !== undefined;
  switch (method) {
    case "GET":
      if (query.has("uploadId")) return "ListParts";
      return query.has("attributes") ? "GetObjectAttributes" : "GetObject";
    case "HEAD":
      return "HeadObject";
    case "PUT":
      if (query.has("uploadId")) return isCopy ? "UploadPartCopy" : "UploadPart";
      return isCopy ? "CopyObject" : "PutObject";
    case "DELETE":
      return query.has("uploadId") ? "AbortMultipartUpload" : "DeleteObject";
    case "POST":
      if (query.has("uploads")) return "CreateMultipartUpload";
      if (query.has("uploadId")) return "CompleteMultipartUpload";
      if (query.has("restore")) return "RestoreObject";
      return query.has("select") ? "SelectObjectContent" : undefined;
    default:
      return undefined;
  }
}

const verbs: Readonly<Record<string, string>> = { GET: "Get", PUT: "Put", DELETE: "Delete" };

/** Sub-resources that the tank has not: named, so that a caller learns which one. */
const bucketSubresources: Readonly<Record<string, string>> = {
  accelerate: "AccelerateConfiguration",
  acl: "Acl",
  analytics: "AnalyticsConfiguration",
  cors: "Cors",
  encryption: "Encryption",
  "intelligent-tiering": "IntelligentTieringConfiguration",
  inventory: "InventoryConfiguration",
  lifecycle: "LifecycleConfiguration",
  logging: "Logging",
  metrics: "MetricsConfiguration",
  notification: "NotificationConfiguration",
  ownershipControls: "OwnershipControls",
  policy: "Policy",
  policyStatus: "PolicyStatus",
  replication: "Replication",
  requestPayment: "RequestPayment",
  tagging: "Tagging",
  versioning: "Versioning",
  website: "Website",
};

const objectSubresources: Readonly<Record<string, string>> = {
  acl: "Acl",
  "legal-hold": "LegalHold",
  retention: "Retention",
  tagging: "Tagging",
  torrent: "Torrent",
};

function subresource(
  query: URLSearchParams,
  known: Readonly<Record<string, string>>,
): string | undefined {
  for (const name of query.keys()) {
    const found = known[name];
    if (found) return found;
  }
  return undefined;
}

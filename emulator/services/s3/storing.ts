import { createHash } from "node:crypto";
import {
  digestInvalid,
  digestMismatch,
  parameterNotEmulated,
  redirectLocationInvalid,
} from "./errors.ts";
import {
  type ChecksumMembers,
  fullChecksum,
  type StoredChecksum,
  verifiedChecksum,
} from "./model/checksums.ts";
import { etagOf, type ObjectHeaders, type StoredObject } from "./model/object.ts";

/** What the requests that write an object have in common. */
export interface WriteRequest extends ChecksumMembers, ObjectHeaders {
  readonly ContentMD5?: string | undefined;
}

/** An object of a request's body, once its checksums have been found right. */
export function objectOf(
  input: WriteRequest,
  { key, body, now }: { key: string; body: Uint8Array; now: number },
): StoredObject {
  verifyMd5(input.ContentMD5, body);
  return {
    key,
    body,
    etag: etagOf(body),
    modifiedAt: now,
    headers: headersOf(input),
    // Without a checksum of the client's own S3 computes this one.
    checksum: verifiedChecksum(input, body) ?? fullChecksum("CRC64NVME", body),
  };
}

export function verifyMd5(expected: string | undefined, body: Uint8Array): void {
  if (expected === undefined) return;
  if (Buffer.from(expected, "base64").length !== 16) throw digestInvalid();
  const calculated = createHash("md5").update(body).digest("base64");
  if (calculated !== expected) throw digestMismatch(expected, calculated);
}

export function headersOf(input: ObjectHeaders): ObjectHeaders {
  const { WebsiteRedirectLocation } = input;
  if (WebsiteRedirectLocation !== undefined && !/^(https?:\/)?\//.test(WebsiteRedirectLocation)) {
    throw redirectLocationInvalid();
  }
  const { ContentEncoding, ContentDisposition, ContentLanguage, CacheControl, Metadata } = input;
  return {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
    ContentType: input.ContentType ?? "binary/octet-stream",
    ...(ContentEncoding && { ContentEncoding }),
    ...(ContentDisposition && { ContentDisposition }),
    ...(ContentLanguage && { ContentLanguage }),
    ...(CacheControl && { CacheControl }),
    ...(WebsiteRedirectLocation !== undefined && { WebsiteRedirectLocation }),
    ...(Metadata && { Metadata }),
  };
}

/** What GetObject and HeadObject say of an object alike. */
export function describeObject(
  { etag, modifiedAt, headers, checksum }: StoredObject,
  { withChecksum }: { withChecksum: StoredChecksum | undefined },
) {
  return {
    ...headers,
    ETag: etag,
    LastModified: new Date(modifiedAt),
    AcceptRanges: "bytes",
    ServerSideEncryption: "AES256" as const,
    ...(withChecksum && { ChecksumType: checksum.type }),
  };
}

/** Members that would change what is stored or answered, and that no code here acts on. */
const UNEMULATED = [
  "VersionId",
  "SSECustomerAlgorithm",
  "ObjectLockMode",
  "ObjectLockLegalHoldStatus",
  "ObjectLockRetainUntilDate",
  "Tagging",
  "WriteOffsetBytes",
  "MFA",
];

/** Refuses by name what would otherwise be silently ignored. */
export function refuseUnemulated(input: object): void {
  for (const name of UNEMULATED) {
    if ((input as Record<string, unknown>)[name] !== undefined) throw parameterNotEmulated(name);
  }
}

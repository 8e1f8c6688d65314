import { createHash } from "node:crypto";
import type { StoredChecksum } from "./checksums.ts";

/** Headers that are kept with an object and come back with it. */
export interface ObjectHeaders {
  readonly ContentType?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly CacheControl?: string | undefined;
  /** Where a website sends those who ask for the object. */
  readonly WebsiteRedirectLocation?: string | undefined;
  /** `x-amz-meta-*`, without the prefix. */
  readonly Metadata?: Record<string, string> | undefined;
}

/** An object as a bucket keeps it; it never changes, a put replaces it. */
export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  /** Quoted, as headers carry it. */
  readonly etag: string;
  /** Epoch ms. */
  readonly modifiedAt: number;
  readonly headers: ObjectHeaders;
  readonly checksum: StoredChecksum;
  /** Of an upload in parts: where each ends. */
  readonly partSizes?: readonly number[];
}

/** The ETag of a body: its MD5, quoted. */
export function etagOf(body: Uint8Array): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}

/** The ETag of an upload in parts: the MD5 of the parts' MD5s, and their number. */
export function multipartEtag(etags: readonly string[]): string {
  const joined = Buffer.concat(etags.map((etag) => Buffer.from(etag.replaceAll('"', ""), "hex")));
  return `"${createHash("md5").update(joined).digest("hex")}-${etags.length}"`;
}

import {
  conditionConflict,
  headerNotTaken,
  noSuchKey,
  notModified,
  preconditionFailed,
} from "./errors.ts";
import type { Upload } from "./model/bucket.ts";
import { type StoredObject, unquoted } from "./model/object.ts";

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/**
 * Whether a conditional read may answer the object.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html
 */
export function assertReadable(
  object: StoredObject,
  conditions: ReadConditions,
  now: number,
): void {
  const broken = brokenCondition(object, conditions, now);
  if (broken === "If-None-Match" || broken === "If-Modified-Since") throw notModified();
  if (broken) throw preconditionFailed(broken);
}

/**
 * Whether a conditional copy may take its source.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function assertCopyable(
  source: StoredObject,
  conditions: {
    readonly CopySourceIfMatch?: string | undefined;
    readonly CopySourceIfNoneMatch?: string | undefined;
    readonly CopySourceIfModifiedSince?: Date | undefined;
    readonly CopySourceIfUnmodifiedSince?: Date | undefined;
  },
  now: number,
): void {
  const broken = brokenCondition(
    source,
    {
      IfMatch: conditions.CopySourceIfMatch,
      IfNoneMatch: conditions.CopySourceIfNoneMatch,
      IfModifiedSince: conditions.CopySourceIfModifiedSince,
      IfUnmodifiedSince: conditions.CopySourceIfUnmodifiedSince,
    },
    now,
  );
  if (broken) throw preconditionFailed(`x-amz-copy-source-${broken}`);
}

type Condition = "If-Match" | "If-Unmodified-Since" | "If-None-Match" | "If-Modified-Since";

/** A condition on the ETag outweighs the one on the time: RFC 9110 §13.2.2. */
function brokenCondition(
  object: StoredObject,
  { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }: ReadConditions,
  now: number,
): Condition | undefined {
  const modifiedAt = wholeSeconds(object.modifiedAt);
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, object.etag)) return "If-Match";
  } else if (IfUnmodifiedSince && modifiedAt > wholeSeconds(IfUnmodifiedSince.getTime())) {
    return "If-Unmodified-Since";
  }
  if (IfNoneMatch !== undefined) {
    return matches(IfNoneMatch, object.etag) ? "If-None-Match" : undefined;
  }
  if (!IfModifiedSince) return undefined;
  const since = wholeSeconds(IfModifiedSince.getTime());
  // A time to come says nothing.
  return modifiedAt <= since && since < now ? "If-Modified-Since" : undefined;
}

/**
 * Whether a conditional write may replace what is there.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @param upload the upload in parts that the write completes
 */
export function assertWritable(
  existing: StoredObject | undefined,
  {
    Key,
    IfMatch,
    IfNoneMatch,
  }: { Key: string; IfMatch?: string | undefined; IfNoneMatch?: string | undefined },
  upload?: Pick<Upload, "startedAt" | "foundObject">,
): void {
  if (IfMatch !== undefined && IfNoneMatch !== undefined) {
    throw headerNotTaken(
      "If-Match,If-None-Match",
      "Multiple conditional request headers present in the request",
    );
  }
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch !== "*") throw valueNotTaken("If-None-Match");
    if (existing) throw preconditionFailed("If-None-Match");
    if (upload?.foundObject) throw conditionConflict("If-None-Match", Key);
  }
  if (IfMatch !== undefined) {
    if (IfMatch === "*") throw valueNotTaken("If-Match");
    if (!existing) throw noSuchKey(Key);
    if (!matches(IfMatch, existing.etag)) throw preconditionFailed("If-Match");
    if (upload && upload.startedAt < existing.modifiedAt) throw conditionConflict("If-Match", Key);
  }
}

/**
 * Whether a conditional delete may go on.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
export function assertDeletable(
  existing: StoredObject | undefined,
  { Key, IfMatch }: { Key: string; IfMatch?: string | undefined },
): void {
  if (IfMatch === undefined) return;
  if (!existing) throw noSuchKey(Key);
  if (!matches(IfMatch, existing.etag)) throw preconditionFailed("If-Match");
}

function valueNotTaken(header: string) {
  return headerNotTaken(
    header,
    `We don't accept the provided value of ${header} header for this API`,
  );
}

function matches(condition: string, etag: string): boolean {
  return (
    condition === "*" ||
    condition.split(",").some((each) => unquoted(each.trim()) === unquoted(etag))
  );
}

/** HTTP dates carry no milliseconds. */
function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

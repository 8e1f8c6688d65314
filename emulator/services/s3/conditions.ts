import { notModified, preconditionFailed } from "./errors.ts";
import type { StoredObject } from "./model/object.ts";

interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/**
 * Whether a conditional read may answer the object.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html
 */
export function assertReadable(object: StoredObject, conditions: ReadConditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const modifiedAt = wholeSeconds(object.modifiedAt);
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, object.etag)) throw preconditionFailed("If-Match");
  } else if (IfUnmodifiedSince && modifiedAt > IfUnmodifiedSince.getTime()) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  if (IfNoneMatch !== undefined) {
    if (matches(IfNoneMatch, object.etag)) throw notModified();
  } else if (IfModifiedSince && modifiedAt <= IfModifiedSince.getTime()) {
    throw notModified();
  }
}

/**
 * Whether a conditional write may replace what is there.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function assertWritable(
  existing: StoredObject | undefined,
  { IfMatch, IfNoneMatch }: Pick<ReadConditions, "IfMatch" | "IfNoneMatch">,
): void {
  if (IfNoneMatch !== undefined && existing && matches(IfNoneMatch, existing.etag)) {
    throw preconditionFailed("If-None-Match");
  }
  if (IfMatch !== undefined && !(existing && matches(IfMatch, existing.etag))) {
    throw preconditionFailed("If-Match");
  }
}

function matches(condition: string, etag: string): boolean {
  return (
    condition === "*" ||
    condition
      .split(",")
      .some((each) => each.trim().replaceAll('"', "") === etag.replaceAll('"', ""))
  );
}

/** HTTP dates carry no milliseconds. */
function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

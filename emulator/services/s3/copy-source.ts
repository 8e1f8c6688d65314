import { invalidArgument, invalidRequest, unknownVersion } from "./errors.ts";

/**
 * Reads `bucket/key`, percent-encoded in part or as a whole, with or without a slash before it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function copySource(text: string): { bucket: string; key: string } {
  const [encoded = "", search = ""] = text.split("?", 2);
  const version = new URLSearchParams(search).get("versionId");
  if (version !== null && version !== "null") throw unknownVersion(version);
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decoded(encoded)) ?? [];
  if (bucket === undefined || key === undefined) throw invalidSource();
  return { bucket, key };
}

/** Some languages write a space as a plus sign here, and S3 takes it as one. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw invalidSource();
  }
}

/** AWS shows the header's name for its value. */
function invalidSource() {
  const name = "x-amz-copy-source";
  return invalidArgument("Invalid copy source object key", { name, value: name });
}

/**
 * The bytes of a source of `size` bytes that a part is copied from; all of them when no range is given.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html
 */
export function copiedBytes(source: Uint8Array, range: string | undefined): Uint8Array {
  if (range === undefined) return source;
  const argument = { name: "x-amz-copy-source-range", value: range };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  const [from, to] = [Number(first), Number(last)];
  // An unreadable range gives NaN, of which no comparison holds.
  if (!(from <= to)) {
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      argument,
    );
  }
  if (from >= source.length) {
    throw invalidRequest("The specified copy range is invalid for the source object size");
  }
  if (to >= source.length) {
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${source.length}`,
      argument,
    );
  }
  return source.subarray(from, to + 1);
}

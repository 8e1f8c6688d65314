/** What an address names. */
export interface Address {
  readonly Bucket?: string;
  readonly Key?: string;
}

/**
 * Reads both styles of address: `/bucket/key`, and `/key` under a host of the bucket's own, which is
 * `bucket.localhost`, `bucket.s3.localhost` or `bucket.s3.<region>.localhost`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function addressOf({ host, path }: { host: string; path: string }): Address {
  const bucket = bucketOfHost(host.toLowerCase());
  const rest = path.replace(/^\//, "");
  if (bucket !== undefined) return named(bucket, rest);
  const slash = rest.indexOf("/");
  return slash < 0
    ? named(decoded(rest), "")
    : named(decoded(rest.slice(0, slash)), rest.slice(slash + 1));
}

/** Whether a path is well-formed percent-encoded UTF-8. */
export function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

const ENDPOINT = /^(?:(.+)\.)?s3(?:[.-](?:dualstack\.)?[a-z]{2}(?:-[a-z]+)+-\d)?\.localhost$/;

function bucketOfHost(host: string): string | undefined {
  const name = host.replace(/:\d+$/, "");
  const endpoint = ENDPOINT.exec(name);
  return endpoint ? endpoint[1] : /^(.+)\.localhost$/.exec(name)?.[1];
}

function named(bucket: string, key: string): Address {
  if (bucket === "") return {};
  return key === "" ? { Bucket: bucket } : { Bucket: bucket, Key: decoded(key) };
}

/** Broken encodings stand as they are: the request is refused once its operation is known. */
function decoded(text: string): string {
  return isDecodable(text) ? decodeURIComponent(text) : text;
}

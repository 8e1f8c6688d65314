/** Where a model's data lies and what it is: an archive, the model file itself, or a prefix of many archives. */
export interface ModelData {
  readonly uri: string;
  readonly packing: "tar.gz" | "file" | "models";
}

/** Bucket and key of `s3://bucket/key`, or `undefined` for what names no object. */
export function s3Location(uri: string): { bucket: string; key: string } | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (bucket === undefined || key === undefined || key.endsWith("/")) return undefined;
  return { bucket, key };
}

/**
 * The name under which an object that is no archive is stored for the container: the last part of its
 * key. `undefined` for a key whose last part is no file name.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3ModelDataSource.html
 */
export function fileNameOf(key: string): string | undefined {
  const name = key.split("/").at(-1) ?? "";
  const isFileName = !/^\s*$|^\.\.?$|[\0\\:]/.test(name) && Buffer.byteLength(name) <= 255;
  return isFileName ? name : undefined;
}

/** The artifact that `TargetModel` names under a multi-model container's prefix. */
export function targetUri(prefixUri: string, target: string): string {
  return `${prefixUri}${prefixUri.endsWith("/") ? "" : "/"}${target}`;
}

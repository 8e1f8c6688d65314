import type { TransformInput } from "@aws-sdk/client-sagemaker";
import type { Checked } from "../../../core/service.ts";

/** What an object holds. */
export interface StoredContent {
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
}

/** Buckets, for what a transform reads and writes. */
export interface TransformStore {
  read(bucket: string, key: string): Promise<Uint8Array>;
  write(bucket: string, key: string, content: StoredContent): Promise<void>;
  /** The keys that begin with a prefix, in order. */
  list(bucket: string, prefix: string): Promise<string[]>;
}

/** One object that is transformed. */
export interface InputFile {
  readonly bucket: string;
  readonly key: string;
  /** What its output is called by, before `.out`. */
  readonly name: string;
}

/**
 * The objects under a prefix or of a manifest.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformS3DataSource.html
 *
 * @throws Error that says what is wrong with the place
 */
export async function inputFiles(
  { DataSource }: Checked<TransformInput>,
  store: TransformStore,
): Promise<InputFile[]> {
  const { S3DataType, S3Uri } = DataSource.S3DataSource;
  const { bucket, path } = placeOf(S3Uri);
  if (S3DataType === "ManifestFile") return manifestFiles(await store.read(bucket, path), S3Uri);
  // UNCONFIRMED: that outputs are named from the last folder of the prefix on.
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const keys = (await store.list(bucket, path)).filter((key) => !key.endsWith("/"));
  if (keys.length === 0) throw new Error(`no objects were found under ${S3Uri}`);
  return keys.map((key) => ({ bucket, key, name: key.slice(folder.length) }));
}

/** Bucket and path of `s3://bucket/path`. */
export function placeOf(uri: string): { bucket: string; path: string } {
  const [, bucket = "", path = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  return { bucket, path };
}

function manifestFiles(bytes: Uint8Array, uri: string): InputFile[] {
  const [head, ...names] = manifestOf(bytes);
  const prefix = (head as { prefix?: unknown } | undefined)?.prefix;
  const isWhole = typeof prefix === "string" && names.every((name) => typeof name === "string");
  if (!isWhole) {
    throw new Error(`the manifest ${uri} is not of the form [{"prefix": "s3://…/"}, "file", …]`);
  }
  const { bucket, path } = placeOf(prefix);
  return (names as string[]).map((name) => ({ bucket, key: `${path}${name}`, name }));
}

function manifestOf(bytes: Uint8Array): readonly unknown[] {
  try {
    const manifest: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return Array.isArray(manifest) ? manifest : [];
  } catch {
    return [];
  }
}

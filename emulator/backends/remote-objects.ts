import type { GetObjectOutput, HeadObjectOutput, ListObjectsV2Output } from "@aws-sdk/client-s3";
import type { Remote, Scope } from "../core/service.ts";

/** What an object is made of; JSON unless told otherwise. */
export interface ObjectContent {
  readonly body: Uint8Array;
  readonly contentType?: string | undefined;
}

/** Objects in buckets, for the services that keep their artifacts there. */
export interface Objects {
  read(bucket: string, key: string): Promise<Uint8Array>;
  /** The object's ETag, which changes with what it holds. */
  version(bucket: string, key: string): Promise<string>;
  /** The keys that begin with a prefix, in order. */
  list(bucket: string, prefix: string): Promise<string[]>;
  contentType(bucket: string, key: string): Promise<string | undefined>;
  write(bucket: string, key: string, content: ObjectContent): Promise<void>;
}

/** Buckets that are not the tank's, through the SDK. */
export function remoteObjects(s3: Pick<Remote, "call">, scope: Scope): Objects {
  return {
    async read(Bucket, Key) {
      const { Body } = await s3.call<GetObjectOutput>("GetObject", { Bucket, Key }, scope);
      if (!Body) throw new Error(`s3://${Bucket}/${Key} came without a body`);
      return (
        Body as unknown as { transformToByteArray(): Promise<Uint8Array> }
      ).transformToByteArray();
    },
    async version(Bucket, Key) {
      const { ETag } = await s3.call<HeadObjectOutput>("HeadObject", { Bucket, Key }, scope);
      return ETag ?? "";
    },
    async contentType(Bucket, Key) {
      const head = await s3.call<HeadObjectOutput>("HeadObject", { Bucket, Key }, scope);
      return head.ContentType;
    },
    async list(Bucket, Prefix) {
      const keys: string[] = [];
      let ContinuationToken: string | undefined;
      do {
        const asked = { Bucket, Prefix, ...(ContinuationToken && { ContinuationToken }) };
        const page = await s3.call<ListObjectsV2Output>("ListObjectsV2", asked, scope);
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
      return keys;
    },
    async write(Bucket, Key, { body: Body, contentType: ContentType = "application/json" }) {
      await s3.call("PutObject", { Bucket, Key, Body, ContentType }, scope);
    },
  };
}

import type { GetObjectOutput } from "@aws-sdk/client-s3";
import type { Remote, Scope } from "../core/service.ts";

/** Objects in buckets, for the services that keep their artifacts there. */
export interface Objects {
  read(bucket: string, key: string): Promise<Uint8Array>;
  write(bucket: string, key: string, body: Uint8Array): Promise<void>;
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
    async write(Bucket, Key, Body) {
      await s3.call("PutObject", { Bucket, Key, Body, ContentType: "application/json" }, scope);
    },
  };
}

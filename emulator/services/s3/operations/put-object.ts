import { PutObject$, type PutObjectOutput, type PutObjectRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import { assertWritable } from "../conditions.ts";
import type { S3Engine } from "../engine.ts";
import { body, key } from "../limits.ts";
import { checksumMembers } from "../model/checksums.ts";
import { objectOf, refuseUnemulated } from "../storing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
type Input = Omit<PutObjectRequest, "Body"> & { Body?: Uint8Array };

export const PutObject = operation<S3Engine, Input, PutObjectOutput>({
  schema: PutObject$,
  limits: { Key: key, Body: body },
  handle(s3, input, call) {
    refuseUnemulated(input);
    const { Bucket, Key, Body = new Uint8Array() } = input;
    assertWritable(s3.bucket(Bucket).get(Key), input);
    const object = objectOf(input, { key: Key, body: Body, now: call.clock.now() });
    s3.put(Bucket, object, { event: "Put", requestId: call.requestId });
    return {
      ETag: object.etag,
      ServerSideEncryption: "AES256",
      ...checksumMembers(object.checksum),
      ChecksumType: object.checksum.type,
    };
  },
  summarize: ({ Bucket, Key, Body }) => `${Bucket}/${Key} · ${Body?.byteLength ?? 0} bytes`,
});

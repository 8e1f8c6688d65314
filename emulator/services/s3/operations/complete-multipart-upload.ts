import {
  CompleteMultipartUpload$,
  type CompleteMultipartUploadOutput,
  type CompleteMultipartUploadRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import { assembledParts, joinedChecksum } from "../assembling.ts";
import { assertWritable } from "../conditions.ts";
import type { S3Engine } from "../engine.ts";
import { entityTooLarge, invalidRequest } from "../errors.ts";
import { MAX_OBJECT_BYTES } from "../limits.ts";
import { checksumMembers } from "../model/checksums.ts";
import { multipartEtag } from "../model/object.ts";
import { refuseUnemulated } from "../storing.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
export const CompleteMultipartUpload = operation<
  S3Engine,
  CompleteMultipartUploadRequest,
  CompleteMultipartUploadOutput
>({
  schema: CompleteMultipartUpload$,
  handle(s3, input, call) {
    refuseUnemulated(input);
    const { Bucket, Key, UploadId } = input;
    const bucket = s3.bucket(Bucket);
    const upload = s3.upload(bucket, UploadId, Key);
    assertWritable(bucket.get(Key), input);
    const parts = assembledParts(upload, input.MultipartUpload?.Parts ?? []);
    const size = parts.reduce((sum, part) => sum + part.body.length, 0);
    if (size > MAX_OBJECT_BYTES) throw entityTooLarge(size, MAX_OBJECT_BYTES);
    if (input.MpuObjectSize !== undefined && Number(input.MpuObjectSize) !== size) {
      throw invalidRequest(
        `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
      );
    }
    const body = Buffer.concat(parts.map((part) => part.body));
    const checksum = joinedChecksum(upload, { parts, body, claimed: input });
    const object = {
      key: Key,
      body,
      etag: multipartEtag(parts.map(({ etag }) => etag)),
      modifiedAt: call.clock.now(),
      headers: upload.headers,
      checksum,
      partSizes: parts.map((part) => part.body.length),
    };
    s3.put(Bucket, object, { event: "CompleteMultipartUpload", requestId: call.requestId });
    bucket.uploads.delete(UploadId);
    return {
      Location: `/${Bucket}/${Key}`,
      Bucket,
      Key,
      ETag: object.etag,
      ServerSideEncryption: "AES256",
      ...checksumMembers(checksum),
      ChecksumType: checksum.type,
    };
  },
  summarize: ({ Bucket, Key, MultipartUpload }) =>
    `${Bucket}/${Key} · ${MultipartUpload?.Parts?.length} parts`,
});

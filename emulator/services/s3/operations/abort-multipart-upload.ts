import {
  AbortMultipartUpload$,
  type AbortMultipartUploadOutput,
  type AbortMultipartUploadRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
export const AbortMultipartUpload = operation<
  S3Engine,
  AbortMultipartUploadRequest,
  AbortMultipartUploadOutput
>({
  schema: AbortMultipartUpload$,
  handle(s3, { Bucket, Key, UploadId }) {
    const bucket = s3.bucket(Bucket);
    bucket.uploads.delete(s3.upload(bucket, UploadId, Key).id);
    return {};
  },
  summarize: ({ Bucket, Key }) => `${Bucket}/${Key}`,
});

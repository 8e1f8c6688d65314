import { DeleteBucketCors$, type DeleteBucketCorsRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html
export const DeleteBucketCors = operation<S3Engine, DeleteBucketCorsRequest, Record<string, never>>(
  {
    schema: DeleteBucketCors$,
    handle(s3, { Bucket }) {
      s3.bucket(Bucket).cors = undefined;
      return {};
    },
    summarize: ({ Bucket }) => Bucket,
  },
);

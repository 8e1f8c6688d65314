import { DeleteBucket$, type DeleteBucketRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html
export const DeleteBucket = operation<S3Engine, DeleteBucketRequest, undefined>({
  schema: DeleteBucket$,
  handle(s3, { Bucket }) {
    s3.delete(Bucket);
    return undefined;
  },
  summarize: ({ Bucket }) => Bucket,
});

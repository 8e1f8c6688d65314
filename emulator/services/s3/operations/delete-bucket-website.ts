import { DeleteBucketWebsite$, type DeleteBucketWebsiteRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketWebsite.html
export const DeleteBucketWebsite = operation<
  S3Engine,
  DeleteBucketWebsiteRequest,
  Record<string, never>
>({
  schema: DeleteBucketWebsite$,
  handle(s3, { Bucket }) {
    s3.bucket(Bucket).website = undefined;
    return {};
  },
  summarize: ({ Bucket }) => Bucket,
});

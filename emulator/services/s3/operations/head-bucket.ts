import { HeadBucket$, type HeadBucketOutput, type HeadBucketRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
export const HeadBucket = operation<S3Engine, HeadBucketRequest, HeadBucketOutput>({
  schema: HeadBucket$,
  handle(s3, { Bucket }) {
    return { BucketRegion: s3.bucket(Bucket).region };
  },
  summarize: ({ Bucket }) => Bucket,
});

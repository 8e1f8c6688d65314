import { PutBucketWebsite$, type PutBucketWebsiteRequest } from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { websiteOf } from "../website-members.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html
export const PutBucketWebsite = operation<S3Engine, PutBucketWebsiteRequest, Record<string, never>>(
  {
    schema: PutBucketWebsite$,
    handle(s3, { Bucket, WebsiteConfiguration }) {
      s3.bucket(Bucket).website = websiteOf(WebsiteConfiguration);
      return {};
    },
    summarize: ({ Bucket }) => Bucket,
  },
);

import {
  GetBucketWebsite$,
  type GetBucketWebsiteOutput,
  type GetBucketWebsiteRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { noSuchWebsite } from "../errors.ts";
import { describeWebsite } from "../website-members.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html
export const GetBucketWebsite = operation<
  S3Engine,
  GetBucketWebsiteRequest,
  GetBucketWebsiteOutput
>({
  schema: GetBucketWebsite$,
  handle(s3, { Bucket }) {
    const { website } = s3.bucket(Bucket);
    if (!website) throw noSuchWebsite(Bucket);
    return describeWebsite(website);
  },
  summarize: ({ Bucket }) => Bucket,
});

import {
  CreateBucket$,
  type CreateBucketOutput,
  type CreateBucketRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
export const CreateBucket = operation<S3Engine, CreateBucketRequest, CreateBucketOutput>({
  schema: CreateBucket$,
  handle(s3, { Bucket, CreateBucketConfiguration }, call) {
    const region = CreateBucketConfiguration?.LocationConstraint ?? call.region;
    s3.create(Bucket, { accountId: call.accountId, region });
    return { Location: `/${Bucket}` };
  },
  summarize: ({ Bucket }) => Bucket,
});

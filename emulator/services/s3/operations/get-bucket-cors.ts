import {
  GetBucketCors$,
  type GetBucketCorsOutput,
  type GetBucketCorsRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { noSuchCors } from "../errors.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html
export const GetBucketCors = operation<S3Engine, GetBucketCorsRequest, GetBucketCorsOutput>({
  schema: GetBucketCors$,
  handle(s3, { Bucket }) {
    const { cors } = s3.bucket(Bucket);
    if (!cors) throw noSuchCors(Bucket);
    return { CORSRules: cors as NonNullable<GetBucketCorsOutput["CORSRules"]> };
  },
  summarize: ({ Bucket }) => Bucket,
});

import {
  GetBucketLocation$,
  type GetBucketLocationOutput,
  type GetBucketLocationRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
export const GetBucketLocation = operation<
  S3Engine,
  GetBucketLocationRequest,
  GetBucketLocationOutput
>({
  schema: GetBucketLocation$,
  handle(s3, { Bucket }) {
    const { region } = s3.bucket(Bucket);
    // The first region is told by an empty answer.
    return region === "us-east-1"
      ? {}
      : {
          LocationConstraint: region as NonNullable<GetBucketLocationOutput["LocationConstraint"]>,
        };
  },
  summarize: ({ Bucket }) => Bucket,
});

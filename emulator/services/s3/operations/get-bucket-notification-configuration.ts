import {
  GetBucketNotificationConfiguration$,
  type GetBucketNotificationConfigurationRequest,
  type NotificationConfiguration,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { configurationOf } from "../notification-members.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html
export const GetBucketNotificationConfiguration = operation<
  S3Engine,
  GetBucketNotificationConfigurationRequest,
  NotificationConfiguration
>({
  schema: GetBucketNotificationConfiguration$,
  handle: (s3, { Bucket }) => configurationOf(s3.bucket(Bucket).notifications),
  summarize: ({ Bucket }) => Bucket,
});

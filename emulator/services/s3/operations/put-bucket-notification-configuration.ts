import {
  PutBucketNotificationConfiguration$,
  type PutBucketNotificationConfigurationRequest,
} from "@aws-sdk/client-s3";
import { operation } from "../../../core/service.ts";
import type { S3Engine } from "../engine.ts";
import { destinationInvalid, functionNotAllowed } from "../errors.ts";
import type { NotificationRule } from "../model/notification.ts";
import { rulesOf } from "../notification-members.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
export const PutBucketNotificationConfiguration = operation<
  S3Engine,
  PutBucketNotificationConfigurationRequest,
  Record<string, never>
>({
  schema: PutBucketNotificationConfiguration$,
  async handle(s3, { Bucket, NotificationConfiguration = {}, SkipDestinationValidation }) {
    const bucket = s3.bucket(Bucket);
    const rules = rulesOf(NotificationConfiguration);
    if (!SkipDestinationValidation) {
      for (const { destination } of rules) await assertReachable(s3, { destination, Bucket });
    }
    bucket.notifications = rules;
    return {};
  },
  summarize: ({ Bucket }) => Bucket,
});

async function assertReachable(
  { notifications }: S3Engine,
  { destination, Bucket }: Pick<NotificationRule, "destination"> & { Bucket: string },
): Promise<void> {
  const { type, arn } = destination;
  if (type === "function") {
    const isAllowed = await notifications.targets.functions.allowsS3(arn);
    if (!isAllowed) throw functionNotAllowed(arn);
    return;
  }
  await notifications.sendTestEvent(arn, Bucket).catch(() => {
    throw destinationInvalid(arn, "The destination queue does not exist");
  });
}

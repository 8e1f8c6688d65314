import {
  CreateBucketCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { S3Event } from "aws-lambda";
import { functionOf } from "./functions.ts";
import type { TestTank } from "./tank.ts";

/** A bucket, and a function of a tank's that keeps the records of the events that it is told. */
export async function inboxOf(tank: TestTank, Bucket: string) {
  const s3 = tank.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const fn = await functionOf(tank, { body: 'console.log("seen " + JSON.stringify(event));' });
  const seen: S3Event["Records"] = [];
  tank.events.on((event) => {
    if (event.type !== "print") return;
    const [, json] = /seen (\{.*\})/.exec(event.line) ?? [];
    if (json) seen.push(...(JSON.parse(json) as S3Event).Records);
  });
  return {
    s3,
    fn,
    seen,
    /** Lets the bucket invoke the function. */
    allow: () =>
      tank.call("lambda", "AddPermission", {
        FunctionName: fn.arn,
        StatementId: "s3",
        Action: "lambda:InvokeFunction",
        Principal: "s3.amazonaws.com",
        SourceArn: `arn:aws:s3:::${Bucket}`,
      }),
    configure: (NotificationConfiguration: NotificationConfiguration) =>
      s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration })),
  };
}

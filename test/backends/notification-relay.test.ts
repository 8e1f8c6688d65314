import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { inboxOf } from "../support/inbox.ts";
import { type TestTank, until } from "../support/tank.ts";
import { tankBefore } from "./support.ts";

const Bucket = "inbox";
const QueueName = "own";
const QueueArn = `arn:aws:sqs:us-east-1:000000000000:${QueueName}`;

/** A bucket behind the tank, and a function in it that prints its events. */
async function startInbox() {
  const under = await tankBefore({ s3: "localstack" });
  const inbox = await inboxOf(under.tank, Bucket);
  return {
    ...under,
    ...inbox,
    async [Symbol.asyncDispose]() {
      await under[Symbol.asyncDispose]();
      inbox.fn[Symbol.dispose]();
    },
  };
}

const queuesOf = async (tank: TestTank) =>
  (await tank.client(SQSClient).send(new ListQueuesCommand({}))).QueueUrls ?? [];

test("a function of the tank is told of objects in a bucket elsewhere, whichever way they came there", async () => {
  await using inbox = await startInbox();
  const { s3, behind, seen } = inbox;
  await inbox.allow();
  const Filter = { Key: { FilterRules: [{ Name: "suffix" as const, Value: ".csv" }] } };
  const Events = ["s3:ObjectCreated:*" as const];
  const rule = { Id: "new", LambdaFunctionArn: inbox.fn.arn, Events, Filter };
  await inbox.configure({ LambdaFunctionConfigurations: [rule] });
  await s3.send(new PutObjectCommand({ Bucket, Key: "a file.csv", Body: "1,2" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "a file.txt", Body: "1,2" }));
  const direct = behind.client(S3Client);
  await direct.send(new PutObjectCommand({ Bucket, Key: "direct.csv", Body: "3" }));
  await until(() => seen.length === 2);
  expect(seen.map((record) => record.s3.object.key).sort()).toEqual(["a+file.csv", "direct.csv"]);
  expect(seen[0]).toMatchObject({
    eventName: "ObjectCreated:Put",
    s3: { configurationId: "new", bucket: { name: Bucket } },
  });
});

test("the configuration is answered as it was given", async () => {
  await using inbox = await startInbox();
  await inbox.allow();
  await inbox.behind.client(SQSClient).send(new CreateQueueCommand({ QueueName }));
  const created = "s3:ObjectCreated:*" as const;
  const removed = "s3:ObjectRemoved:*" as const;
  const given = {
    LambdaFunctionConfigurations: [
      { Id: "new|1", LambdaFunctionArn: inbox.fn.arn, Events: [created] },
    ],
    QueueConfigurations: [{ Id: "gone", QueueArn, Events: [removed] }],
  };
  await inbox.configure(given);
  const get = new GetBucketNotificationConfigurationCommand({ Bucket });
  expect(await inbox.s3.send(get)).toMatchObject(given);
  await inbox.configure({});
  const { $metadata, ...none } = await inbox.s3.send(get);
  expect(none).toEqual({});
});

test("a function that S3 may not invoke is refused, and a bucket that is not there in its own place's words", async () => {
  await using inbox = await startInbox();
  const LambdaFunctionArn = inbox.fn.arn;
  const Events = ["s3:ObjectCreated:*" as const];
  const NotificationConfiguration = {
    LambdaFunctionConfigurations: [{ LambdaFunctionArn, Events }],
  };
  await expect(inbox.configure(NotificationConfiguration)).rejects.toMatchObject({
    name: "InvalidArgument",
    message: "Unable to validate the following destination configurations",
  });
  await inbox.allow();
  const nowhere = { Bucket: "nowhere", NotificationConfiguration };
  await expect(
    inbox.s3.send(new PutBucketNotificationConfigurationCommand(nowhere)),
  ).rejects.toMatchObject({ name: "NoSuchBucket", $metadata: { httpStatusCode: 404 } });
});

test("the queue that notifications wait in is gone with the tank", async () => {
  await using inbox = await startInbox();
  await inbox.allow();
  const Events = ["s3:ObjectCreated:*" as const];
  const rule = { LambdaFunctionArn: inbox.fn.arn, Events };
  expect(await queuesOf(inbox.behind)).toEqual([]);
  await inbox.configure({ LambdaFunctionConfigurations: [rule] });
  expect(await queuesOf(inbox.behind)).toHaveLength(1);
  await inbox.tank.stop();
  expect(await queuesOf(inbox.behind)).toEqual([]);
});

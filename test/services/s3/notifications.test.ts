import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  type Event,
  GetBucketNotificationConfigurationCommand,
  type LambdaFunctionConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { inboxOf } from "../../support/inbox.ts";
import { startTank, until } from "../../support/tank.ts";

const Bucket = "inbox";

/** A bucket, and a function that prints its events and that S3 may invoke. */
async function startInbox() {
  const tank = await startTank();
  const inbox = await inboxOf(tank, Bucket);
  const { fn, configure: put } = inbox;
  const told = (...rules: Partial<LambdaFunctionConfiguration>[]) =>
    put({ LambdaFunctionConfigurations: rules.map((rule) => ruleFor(fn.arn, rule)) });
  return {
    tank,
    ...inbox,
    put,
    told,
    async [Symbol.asyncDispose]() {
      await tank.stop();
      fn[Symbol.dispose]();
    },
  };
}

function ruleFor(
  LambdaFunctionArn: string,
  rule: Partial<LambdaFunctionConfiguration>,
): LambdaFunctionConfiguration {
  return { LambdaFunctionArn, Events: ["s3:ObjectCreated:*"], ...rule };
}

const filtered = (prefix: string, suffix: string) => ({
  Filter: {
    Key: {
      FilterRules: [
        { Name: "prefix" as const, Value: prefix },
        { Name: "suffix" as const, Value: suffix },
      ],
    },
  },
});

test("a function is told of an object in AWS's words, its key as a form spells it", async () => {
  await using inbox = await startInbox();
  await inbox.allow();
  await inbox.told({ Id: "new" });
  const Key = "in/größe (1) a+b.csv";
  const { ETag } = await inbox.s3.send(new PutObjectCommand({ Bucket, Key, Body: "1,2" }));
  await until(() => inbox.seen.length === 1);
  expect(inbox.seen[0]).toEqual({
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: "us-east-1",
    eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    eventName: "ObjectCreated:Put",
    userIdentity: { principalId: "AWS:000000000000" },
    requestParameters: { sourceIPAddress: "127.0.0.1" },
    responseElements: { "x-amz-request-id": expect.any(String), "x-amz-id-2": "wavetank" },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId: "new",
      bucket: {
        name: Bucket,
        ownerIdentity: { principalId: "000000000000" },
        arn: "arn:aws:s3:::inbox",
      },
      object: {
        key: "in/gr%C3%B6%C3%9Fe+%281%29+a%2Bb.csv",
        size: 3,
        eTag: ETag?.replaceAll('"', ""),
        sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
      },
    },
  });
});

test("copies, uploads in parts and deletions are events of their own", async () => {
  await using inbox = await startInbox();
  await inbox.allow();
  const Events: Event[] = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"];
  await inbox.told({ Events });
  const place = { Bucket, Key: "parts" };
  await inbox.s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" }));
  await inbox.s3.send(new CopyObjectCommand({ Bucket, Key: "b", CopySource: "inbox/a" }));
  const { UploadId } = await inbox.s3.send(new CreateMultipartUploadCommand(place));
  const part = { ...place, UploadId, PartNumber: 1 };
  const { ETag } = await inbox.s3.send(new UploadPartCommand({ ...part, Body: "p" }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await inbox.s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload }));
  await inbox.s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  const Delete = { Objects: [{ Key: "b" }, { Key: "never-there" }] };
  await inbox.s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
  await until(() => inbox.seen.length === 5);
  const bySequence = inbox.seen.toSorted((x, y) =>
    x.s3.object.sequencer < y.s3.object.sequencer ? -1 : 1,
  );
  expect(bySequence.map(({ eventName, s3 }) => `${eventName} ${s3.object.key}`)).toEqual([
    "ObjectCreated:Put a",
    "ObjectCreated:Copy b",
    "ObjectCreated:CompleteMultipartUpload parts",
    "ObjectRemoved:Delete a",
    "ObjectRemoved:Delete b",
  ]);
  expect(bySequence[3]?.s3.object).not.toHaveProperty("size");
});

test("prefix and suffix choose, and an empty configuration ends it", async () => {
  await using inbox = await startInbox();
  await inbox.allow();
  await inbox.told(filtered("in/", ".csv"));
  const keys = ["in/a.txt", "out/a.csv", "in/a.csv"];
  for (const Key of keys) await inbox.s3.send(new PutObjectCommand({ Bucket, Key, Body: "" }));
  await until(() => inbox.seen.length > 0);
  await inbox.put({});
  await inbox.s3.send(new PutObjectCommand({ Bucket, Key: "in/b.csv", Body: "" }));
  await inbox.told(filtered("last", ""));
  await inbox.s3.send(new PutObjectCommand({ Bucket, Key: "last", Body: "" }));
  await until(() => inbox.seen.some(({ s3 }) => s3.object.key === "last"));
  expect(inbox.seen.map(({ s3 }) => s3.object.key)).toEqual(["in/a.csv", "last"]);
});

test("a configuration comes back as it was put", async () => {
  await using inbox = await startInbox();
  await inbox.allow();
  const get = () => inbox.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
  expect((await get()).LambdaFunctionConfigurations).toBeUndefined();
  await inbox.told(filtered("in/", ".csv"));
  expect((await get()).LambdaFunctionConfigurations).toEqual([
    {
      Id: expect.any(String),
      LambdaFunctionArn: inbox.fn.arn,
      Events: ["s3:ObjectCreated:*"],
      Filter: {
        Key: {
          FilterRules: [
            { Name: "Prefix", Value: "in/" },
            { Name: "Suffix", Value: ".csv" },
          ],
        },
      },
    },
  ]);
});

describe("a configuration is refused", () => {
  const invalid = { name: "InvalidArgument", $metadata: { httpStatusCode: 400 } };

  test("whose function does not let S3 invoke it", async () => {
    await using inbox = await startInbox();
    await expect(inbox.told({})).rejects.toMatchObject({
      ...invalid,
      message: "Unable to validate the following destination configurations",
      ArgumentValue: `Not authorized to invoke function [${inbox.fn.arn}]`,
    });
    await inbox.s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: { LambdaFunctionConfigurations: [ruleFor(inbox.fn.arn, {})] },
        SkipDestinationValidation: true,
      }),
    );
  });

  test("two of whose rules would tell of one event", async () => {
    await using inbox = await startInbox();
    await inbox.allow();
    const csv = filtered("in/", ".csv");
    const put: Event[] = ["s3:ObjectCreated:Put"];
    await expect(inbox.told(csv, { ...filtered("in/a", "csv"), Events: put })).rejects.toThrow(
      "Configuration is ambiguously defined.",
    );
    await inbox.told(csv, filtered("in/", ".json"), { ...csv, Events: ["s3:ObjectRemoved:*"] });
  });

  test.each<[Partial<LambdaFunctionConfiguration>, string]>([
    [{ LambdaFunctionArn: "score" }, "The ARN could not be parsed"],
    [
      { Filter: { Key: { FilterRules: [{ Name: "infix" as "prefix", Value: "x" }] } } },
      "filter rule name must be either prefix or suffix",
    ],
    [{ Events: ["s3:Nothing:*" as Event] }, "The event is not supported for notifications"],
    [{ Events: ["s3:ObjectRestore:*"] }, "s3:ObjectRestore:* is not emulated by Wavetank yet."],
  ])("that says %j", async (rule, message) => {
    await using inbox = await startInbox();
    await inbox.allow();
    await expect(inbox.told(rule)).rejects.toThrow(message);
  });

  test("that names a queue or a topic which is not there", async () => {
    await using inbox = await startInbox();
    const Events: Event[] = ["s3:ObjectCreated:*"];
    const QueueArn = "arn:aws:sqs:us-east-1:000000000000:none";
    await expect(inbox.put({ QueueConfigurations: [{ QueueArn, Events }] })).rejects.toMatchObject({
      ...invalid,
      ArgumentValue: "The destination queue does not exist",
    });
    const TopicArn = "arn:aws:sns:us-east-1:000000000000:none";
    await expect(inbox.put({ TopicConfigurations: [{ TopicArn, Events }] })).rejects.toThrow(
      "TopicConfiguration is not emulated by Wavetank yet.",
    );
  });
});

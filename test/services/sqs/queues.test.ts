import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { arnOf, queueTank } from "./queues.ts";

test("a queue has a URL, AWS's attributes and a name that others find it by", async () => {
  await using under = await queueTank({ VisibilityTimeout: "45" });
  const { tank, clock, sqs, QueueUrl } = under;
  expect(QueueUrl).toBe(`${tank.url}/000000000000/jobs`);
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: "jobs" }))).QueueUrl).toBe(QueueUrl);
  const all = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] });
  const created = String(clock.now() / 1000);
  expect((await sqs.send(all)).Attributes).toEqual({
    QueueArn: arnOf("jobs"),
    ApproximateNumberOfMessages: "0",
    ApproximateNumberOfMessagesNotVisible: "0",
    ApproximateNumberOfMessagesDelayed: "0",
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    VisibilityTimeout: "45",
    MaximumMessageSize: "1048576",
    MessageRetentionPeriod: "345600",
    DelaySeconds: "0",
    ReceiveMessageWaitTimeSeconds: "0",
    SqsManagedSseEnabled: "true",
  });
  const none = await sqs.send(new GetQueueAttributesCommand({ QueueUrl }));
  expect(none.Attributes).toBeUndefined();
});

test("creating again gives the same queue, unless its attributes differ", async () => {
  await using under = await queueTank({ VisibilityTimeout: "45" });
  const { QueueUrl, create } = under;
  expect(await create("jobs")).toBe(QueueUrl);
  expect(await create("jobs", { VisibilityTimeout: "45" })).toBe(QueueUrl);
  await expect(create("jobs", { VisibilityTimeout: "30" })).rejects.toMatchObject({
    name: "QueueNameExists",
    message:
      "A queue already exists with the same name and a different value for attribute VisibilityTimeout",
  });
});

test("attributes out of range, unknown ones and FIFO queues are refused", async () => {
  await using under = await queueTank();
  const { create } = under;
  await expect(create("a", { DelaySeconds: "901" })).rejects.toMatchObject({
    name: "InvalidAttributeValue",
    message: "Invalid value for the parameter DelaySeconds.",
  });
  await expect(create("a", { Colour: "red" })).rejects.toMatchObject({
    name: "InvalidAttributeName",
    message: "Unknown Attribute Colour.",
  });
  await expect(create("a.fifo", { FifoQueue: "true" })).rejects.toThrow(/FIFO queues/);
  await expect(create("a b")).rejects.toMatchObject({ name: "InvalidParameterValue" });
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: arnOf("nowhere"),
    maxReceiveCount: 1,
  });
  await expect(create("a", { RedrivePolicy })).rejects.toThrow(
    "Dead letter target does not exist.",
  );
});

test("a policy is set, and taken away by an empty text", async () => {
  await using under = await queueTank();
  const { sqs, QueueUrl } = under;
  const set = (Policy: string) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const shown = async () => {
    const names = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] });
    return (await sqs.send(names)).Attributes;
  };
  await set(`{"Version":"2012-10-17"}`);
  expect(await shown()).toEqual({ Policy: `{"Version":"2012-10-17"}` });
  await set("");
  expect(await shown()).toBeUndefined();
});

test("queues are listed by prefix, in pages", async () => {
  await using under = await queueTank();
  const { tank, sqs, create } = under;
  for (const name of ["job-1", "other"]) await create(name);
  const first = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "job", MaxResults: 1 }));
  expect(first.QueueUrls).toEqual([`${tank.url}/000000000000/job-1`]);
  const { NextToken } = first;
  const rest = await sqs.send(
    new ListQueuesCommand({ QueueNamePrefix: "job", MaxResults: 1, NextToken }),
  );
  expect(rest).toMatchObject({ QueueUrls: [`${tank.url}/000000000000/jobs`] });
  expect(rest.NextToken).toBeUndefined();
});

test("tags are added, replaced and taken away", async () => {
  await using under = await queueTank();
  const { sqs } = under;
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: "tagged", tags: { a: "1", b: "2" } }),
  );
  await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { b: "3", c: "4" } }));
  await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["a"] }));
  const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl }));
  expect(Tags).toEqual({ b: "3", c: "4" });
});

test("a deleted queue is gone, and a receiver that waits at it hears nothing", async () => {
  await using under = await queueTank();
  const { sqs, clock, QueueUrl, receive } = under;
  const waiting = receive({ WaitTimeSeconds: 20 });
  await clock.advance(1);
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  expect(await waiting).toEqual([]);
  const send = new SendMessageCommand({ QueueUrl, MessageBody: "x" });
  await expect(sqs.send(send)).rejects.toMatchObject({
    name: "QueueDoesNotExist",
    message: "The specified queue does not exist.",
    $metadata: { httpStatusCode: 400 },
  });
});

import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { arnOf, queueTank } from "./queues.ts";

const bodies = (messages: readonly { Body?: string | undefined }[]) =>
  messages.map(({ Body }) => Body);

test("a message is hidden from others until its time is up, and gone once deleted", async () => {
  await using under = await queueTank();
  const { clock, sqs, QueueUrl, send, receive } = under;
  const { MessageId } = await send("one");
  const [first] = await receive({ MessageSystemAttributeNames: ["All"] });
  expect(first).toMatchObject({
    MessageId,
    Body: "one",
    Attributes: {
      SenderId: "000000000000",
      SentTimestamp: String(clock.now()),
      ApproximateReceiveCount: "1",
      ApproximateFirstReceiveTimestamp: String(clock.now()),
    },
  });
  await clock.advance(29_999);
  expect(await receive()).toEqual([]);
  await clock.advance(1);
  const [again] = await receive({ MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
  expect(again?.Attributes).toEqual({ ApproximateReceiveCount: "2" });
  const remove = (ReceiptHandle: string | undefined) =>
    sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  await remove(first?.ReceiptHandle);
  await clock.advance(30_000);
  const [last] = await receive();
  expect(last?.MessageId).toBe(MessageId);
  await remove(last?.ReceiptHandle);
  await clock.advance(60_000);
  expect(await receive()).toEqual([]);
});

test("a receiver that waits has a message as soon as it is sent", async () => {
  await using under = await queueTank();
  const { clock, send, receive } = under;
  const waiting = receive({ WaitTimeSeconds: 20 });
  await clock.advance(5_000);
  await send("late");
  expect(bodies(await waiting)).toEqual(["late"]);
});

test("a queue's own wait ends with nothing, and a delayed message ends it early", async () => {
  await using tank = await queueTank({ ReceiveMessageWaitTimeSeconds: "10", DelaySeconds: "3" });
  const { clock, send, receive } = tank;
  let answered = false;
  const nothing = receive().finally(() => {
    answered = true;
  });
  while (!answered) await clock.advance(1_000);
  expect(await nothing).toEqual([]);
  await send("delayed");
  const sentAt = clock.now();
  answered = false;
  const delayed = receive().finally(() => {
    answered = true;
  });
  while (!answered) await clock.advance(500);
  expect(bodies(await delayed)).toEqual(["delayed"]);
  expect(clock.now() - sentAt).toBeGreaterThanOrEqual(3_000);
});

test("what was received too often goes to the dead-letter queue", async () => {
  await using under = await queueTank();
  const { clock, sqs, tank, QueueUrl, create, send, receive } = under;
  const dead = await create("dead");
  const redrive = { deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 2 };
  await tank.call("sqs", "SetQueueAttributes", {
    QueueUrl,
    Attributes: { RedrivePolicy: JSON.stringify(redrive), VisibilityTimeout: "0" },
  });
  const sources = new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead });
  expect((await sqs.send(sources)).queueUrls).toEqual([QueueUrl]);
  const { MessageId } = await send("poison");
  for (const _ of [1, 2]) {
    expect(bodies(await receive())).toEqual(["poison"]);
    await clock.advance(1);
  }
  expect(await receive()).toEqual([]);
  const [given] = await receive({ QueueUrl: dead, MessageSystemAttributeNames: ["All"] });
  expect(given).toMatchObject({
    MessageId,
    Attributes: { DeadLetterQueueSourceArn: arnOf("jobs"), ApproximateReceiveCount: "3" },
  });
});

test("visibility is prolonged or given back, for what is in flight", async () => {
  await using under = await queueTank();
  const { clock, sqs, QueueUrl, send, receive } = under;
  await send("one");
  const [message] = await receive();
  const ReceiptHandle = message?.ReceiptHandle;
  const change = (VisibilityTimeout: number) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  await change(60);
  await clock.advance(59_999);
  expect(await receive()).toEqual([]);
  await change(0);
  await expect(change(1)).rejects.toMatchObject({
    name: "InvalidParameterValue",
    message: `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
  });
  const [again] = await receive();
  const entry = { Id: "a", ReceiptHandle: again?.ReceiptHandle, VisibilityTimeout: 0 };
  const { Successful } = await sqs.send(
    new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: [entry] }),
  );
  expect(Successful).toEqual([{ Id: "a" }]);
  expect(await receive()).toHaveLength(1);
});

test("a batch tells of each entry", async () => {
  await using under = await queueTank();
  const { sqs, QueueUrl, receive } = under;
  const Entries = [
    { Id: "a", MessageBody: "one" },
    { Id: "b", MessageBody: "\u0000" },
    { Id: "c", MessageBody: "three", DelaySeconds: 5 },
  ];
  const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(["a", "c"]);
  expect(sent.Failed).toEqual([
    {
      Id: "b",
      SenderFault: true,
      Code: "InvalidMessageContents",
      Message: expect.stringContaining("Invalid characters found"),
    },
  ]);
  const [only, ...others] = await receive();
  expect(others).toEqual([]);
  const removed = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: "x", ReceiptHandle: only?.ReceiptHandle },
        { Id: "y", ReceiptHandle: "nonsense" },
      ],
    }),
  );
  expect(removed.Successful).toEqual([{ Id: "x" }]);
  expect(removed.Failed).toMatchObject([{ Id: "y", Code: "ReceiptHandleIsInvalid" }]);
});

test.each([
  ["EmptyBatchRequest", []],
  ["BatchEntryIdsNotDistinct", ["a", "a"]],
  ["InvalidBatchEntryId", ["a b"]],
  ["TooManyEntriesInBatchRequest", [..."abcdefghijk"]],
])("%s refuses a whole batch", async (name, ids) => {
  await using under = await queueTank();
  const { sqs, QueueUrl } = under;
  const Entries = ids.map((Id) => ({ Id, MessageBody: "x" }));
  await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({
    name,
  });
});

test("messages older than the queue keeps are gone, and a purge takes the rest", async () => {
  await using under = await queueTank({ MessageRetentionPeriod: "60" });
  const { clock, sqs, QueueUrl, send, receive } = under;
  await send("old");
  await clock.advance(59_999);
  await send("young");
  await clock.advance(1);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: "1" });
  const purge = () => sqs.send(new PurgeQueueCommand({ QueueUrl }));
  await purge();
  expect(await receive()).toEqual([]);
  await expect(purge()).rejects.toMatchObject({ name: "PurgeQueueInProgress" });
});

test("attributes come back as they were asked for, with the digest of those", async () => {
  await using under = await queueTank({ VisibilityTimeout: "0" });
  const { send, receive } = under;
  const sent = await send("x", {
    MessageAttributes: {
      "trace.id": { DataType: "String", StringValue: "t-1" },
      tries: { DataType: "Number.int", StringValue: "3" },
      blob: { DataType: "Binary", BinaryValue: Buffer.from([1, 2, 255]) },
    },
  });
  const [all] = await receive({ MessageAttributeNames: ["All"] });
  expect(all?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
  expect(Buffer.from(all?.MessageAttributes?.blob?.BinaryValue ?? []).toJSON().data).toEqual([
    1, 2, 255,
  ]);
  const [some] = await receive({ MessageAttributeNames: ["trace.*"] });
  expect(some?.MessageAttributes).toEqual({
    "trace.id": { DataType: "String", StringValue: "t-1" },
  });
  expect(some?.MD5OfMessageAttributes).not.toBe(sent.MD5OfMessageAttributes);
});

test("messages that are too long, empty or misdescribed are refused", async () => {
  await using under = await queueTank({ MaximumMessageSize: "1024" });
  const { send } = under;
  await expect(send("x".repeat(1_025))).rejects.toMatchObject({
    name: "InvalidParameterValue",
    message: "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
  });
  await expect(send("")).rejects.toMatchObject({
    name: "MissingParameter",
    message: "The request must contain the parameter MessageBody.",
  });
  const attribute = (DataType: string, StringValue: string) =>
    send("x", { MessageAttributes: { a: { DataType, StringValue } } });
  await expect(attribute("Number", "three")).rejects.toThrow(/to a number/);
  await expect(attribute("Date", "x")).rejects.toThrow(/invalid message attribute type/);
});

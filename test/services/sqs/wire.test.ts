import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { AwsQueryProtocol } from "@aws-sdk/core/protocols";
import { expect, test } from "vitest";
import { arnOf, queueTank } from "./queues.ts";

test("a client of the Query protocol creates, sends in batches and receives with attributes", async () => {
  await using under = await queueTank();
  const client = under.tank.client(SQSClient, { protocol: AwsQueryProtocol } as object);
  const { QueueUrl } = await client.send(
    new CreateQueueCommand({
      QueueName: "forms",
      Attributes: { VisibilityTimeout: "7", DelaySeconds: "0" },
      tags: { a: "1" },
    }),
  );
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["VisibilityTimeout", "QueueArn"] }),
  );
  expect(Attributes).toEqual({ VisibilityTimeout: "7", QueueArn: arnOf("forms") });
  const MessageAttributes = {
    bytes: { DataType: "Binary", BinaryValue: Buffer.from([1, 255]) },
    text: { DataType: "String", StringValue: "<&>" },
  };
  const Entries = [
    { Id: "a", MessageBody: "one", MessageAttributes },
    { Id: "b", MessageBody: "two" },
  ];
  const sent = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(["a", "b"]);
  const { Messages } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ["SentTimestamp"],
      MessageAttributeNames: ["All"],
    }),
  );
  expect(Messages).toMatchObject([
    { Body: "one", Attributes: { SentTimestamp: String(under.clock.now()) } },
    { Body: "two" },
  ]);
  expect(Messages?.[0]?.MessageAttributes).toMatchObject({
    text: MessageAttributes.text,
    bytes: { DataType: "Binary", BinaryValue: new Uint8Array([1, 255]) },
  });
});

test("a form posted to the queue's URL needs not name the queue", async () => {
  await using under = await queueTank();
  const { QueueUrl, receive } = under;
  const body = new URLSearchParams({
    Action: "SendMessage",
    Version: "2012-11-05",
    MessageBody: "from a form",
  });
  const answer = await fetch(QueueUrl, { method: "POST", body });
  const text = await answer.text();
  expect(text).toContain(
    `<SendMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><SendMessageResult><MD5OfMessageBody>`,
  );
  expect(await receive()).toMatchObject([{ Body: "from a form" }]);
});

test("errors carry their old codes: in XML, and in a header beside JSON", async () => {
  await using under = await queueTank();
  const { tank } = under;
  const QueueUrl = `${tank.url}/000000000000/none`;
  const form = new URLSearchParams({ Action: "ReceiveMessage", Version: "2012-11-05", QueueUrl });
  const inXml = await fetch(tank.url, { method: "POST", body: form });
  expect(inXml.status).toBe(400);
  expect(await inXml.text()).toContain(
    "<Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist.</Message>",
  );
  const inJson = await fetch(tank.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.ReceiveMessage",
    },
    body: JSON.stringify({ QueueUrl }),
  });
  expect(inJson.headers.get("x-amzn-query-error")).toBe(
    "AWS.SimpleQueueService.NonExistentQueue;Sender",
  );
  expect(await inJson.json()).toEqual({
    __type: "com.amazonaws.sqs#QueueDoesNotExist",
    message: "The specified queue does not exist.",
  });
});

test("a client without an endpoint of its own follows the queue's URL", async () => {
  await using under = await queueTank();
  const logger = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
  const client = under.tank.client(SQSClient, { endpoint: undefined, logger } as object);
  await client.send(new SendMessageCommand({ QueueUrl: under.QueueUrl, MessageBody: "here" }));
  expect(await under.receive()).toMatchObject([{ Body: "here" }]);
});

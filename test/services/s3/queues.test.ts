import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { Events } from "../../../emulator/core/events.ts";
import { s3 } from "../../../emulator/services/s3/index.ts";

const scope = { accountId: "000000000000", region: "us-east-1" };
const QueueArn = "arn:aws:sqs:us-east-1:000000000000:inbox";

/** The S3 service on its own, with a queue that keeps what it is sent. */
function s3WithQueue() {
  const clock = new ManualClock();
  const sent: { queueArn: string; body: Record<string, unknown> }[] = [];
  const context = { clock, events: new Events(), enforceLimits: true };
  const service = s3(context, {
    functions: { allowsS3: () => false, invokeAsync: async () => undefined },
    queues: {
      async send(queueArn, body) {
        if (queueArn !== QueueArn) throw new Error("no such queue");
        sent.push({ queueArn, body: JSON.parse(body) });
      },
    },
  });
  service.engine.create("inbox", scope);
  const call = { ...scope, clock, requestId: randomUUID(), caller: "test" };
  const put = (arn: string) =>
    service.operations.PutBucketNotificationConfiguration?.handle(
      service.engine,
      {
        Bucket: "inbox",
        NotificationConfiguration: {
          QueueConfigurations: [{ Id: "q", QueueArn: arn, Events: ["s3:ObjectCreated:*"] }],
        },
      },
      { ...call, signal: () => new AbortController().signal },
    );
  return { service, sent, put };
}

test("a queue receives a test event when it is configured, then one message for each object", async () => {
  const { service, sent, put } = s3WithQueue();
  await put(QueueArn);
  service.engine.write("inbox", { key: "a b.json", body: Buffer.from("{}") });
  expect(sent.map(({ body }) => body)).toEqual([
    {
      Service: "Amazon S3",
      Event: "s3:TestEvent",
      Time: "2026-01-01T00:00:00.000Z",
      Bucket: "inbox",
      RequestId: expect.stringMatching(/^[0-9A-F]{16}$/),
      HostId: "wavetank",
    },
    {
      Records: [
        expect.objectContaining({
          eventName: "ObjectCreated:Put",
          eventTime: "2026-01-01T00:00:00.000Z",
          s3: expect.objectContaining({
            configurationId: "q",
            object: expect.objectContaining({ key: "a+b.json", size: 2 }),
          }),
        }),
      ],
    },
  ]);
});

test("a queue that is not there is refused", async () => {
  const { put } = s3WithQueue();
  await expect(put(`${QueueArn}-2`)).rejects.toMatchObject({
    message: "Unable to validate the following destination configurations",
  });
});

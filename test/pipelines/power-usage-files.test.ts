import { join } from "node:path";
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { ManualClock } from "../../emulator/core/clock.ts";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { csvOf, powerReadings } from "../../fixtures/power-usage/generate.ts";
import { deployAsTimePasses } from "../support/manual-deploy.ts";
import { startTank, type TestTank, until } from "../support/tank.ts";

const template = join(packageRoot(), "handlers/power-usage/template.yaml");

function upload(tank: TestTank, { key, body }: { key: string; body: string | Buffer }) {
  const Bucket = "s3datastreaming-000000000000-us-east-1";
  return tank.client(S3Client).send(new PutObjectCommand({ Bucket, Key: key, Body: body }));
}

test("a file that breaks off in the middle of a day loses its broken lines alone, and the log says which and how far it goes", async () => {
  await using tank = await startTank();
  await tank.deploy(template);
  // Up to 05:29 of a day; the bytes of Latin 1 in one line, no number in another, the last cut off.
  const lines = csvOf(powerReadings({ count: 330 }))
    .trim()
    .split("\n");
  lines[10] = `${lines[10]?.replace(/,/, "\xb5,")}`;
  lines[20] = `${lines[20]?.replace(/,[^,]*$/, ",NaN")}`;
  lines[330] = `${lines[330]?.slice(0, 30)}`;
  await upload(tank, { key: "7_day.csv", body: Buffer.from(lines.join("\n"), "latin1") });
  const logs = tank.client(CloudWatchLogsClient);
  const logGroupName = "/aws/lambda/power-usage-splitter";
  const told = await until(
    async () => {
      // The group comes with the first call of the function.
      const { events = [] } = await logs
        .send(new FilterLogEventsCommand({ logGroupName }))
        .catch((): FilterLogEventsCommandOutput => ({ $metadata: {} }));
      const text = events.map(({ message }) => message).join("");
      return text.includes("rows put") && text;
    },
    { timeoutMs: 30_000 },
  );
  expect(told).toContain('7_day.csv, line 11: has no time at Date and Time: ["01/12/2009\ufffd"');
  expect(told).toContain('7_day.csv, line 21: has no number at Sub_metering_3: "NaN"');
  expect(told).toMatch(/7_day\.csv, line 331: has \d columns, the header 9/);
  expect(told).toContain("327 rows put, the last of 01/12/2009 05:28:00; 3 broken lines");
  const rows = await until(
    async () => {
      const scan = new ScanCommand({ TableName: "ConsumerTable" });
      const { Items = [] } = await tank.client(DynamoDBClient).send(scan);
      return Items.length >= 327 && Items;
    },
    { timeoutMs: 30_000 },
  );
  expect(rows).toHaveLength(327);
}, 90_000);

test("files that are none are kept in the queue with what is wrong, after two retries", async () => {
  await using tank = await startTank({ clock: new ManualClock() });
  await deployAsTimePasses(tank, { template });
  let ended = 0;
  tank.events.on((event) => {
    if (event.type === "invocation") ended += 1;
  });
  const files: Record<string, string> = {
    "7_columns.csv": "Date,Time,Voltage\n01/12/2009,00:00:00,240\n",
    "7_headless.csv": csvOf(powerReadings({ count: 3 })).replace(/^.*\n/, ""),
    "7_empty.csv": "",
    "7_words.csv": csvOf(powerReadings({ count: 1 })).replace(/\n.*/s, "\nno reading\n"),
    "nobody.csv": csvOf(powerReadings({ count: 1 })),
  };
  for (const [key, body] of Object.entries(files)) await upload(tank, { key, body });
  // Lambda tries again after a minute, then after two.
  for (const [attempt, pauseMs] of [0, 60_000, 120_000].entries()) {
    await tank.manualClock.advance(pauseMs);
    const wanted = (attempt + 1) * Object.keys(files).length;
    await until(() => ended === wanted, { timeoutMs: 30_000 });
    // What follows an answer is done once the event loop has come round.
    await tank.manualClock.advance(0);
  }
  const sqs = tank.client(SQSClient);
  const QueueName = "power-usage-failed-uploads";
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const told = new Map<string, string>();
  await until(async () => {
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    for (const { Body = "" } of (await sqs.send(receive)).Messages ?? []) {
      const { requestContext, requestPayload, responsePayload } = JSON.parse(Body);
      expect(requestContext.approximateInvokeCount).toBe(3);
      told.set(requestPayload.Records[0].s3.object.key, responsePayload.errorMessage);
    }
    return told.size === Object.keys(files).length;
  });
  expect(Object.fromEntries(told)).toEqual({
    "7_columns.csv": expect.stringMatching(/^the header lacks Global_active_power, /),
    "7_headless.csv": expect.stringMatching(/^the header lacks Date, Time, /),
    "7_empty.csv": "the file is empty",
    "7_words.csv": "7_words.csv holds no reading",
    "nobody.csv": "nobody.csv names no user: call it <user>_<file>",
  });
}, 120_000);

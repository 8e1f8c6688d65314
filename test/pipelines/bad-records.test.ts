import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { powerReadings as readings } from "../../fixtures/power-usage/generate.ts";
import { rides } from "../../fixtures/ride-duration/generate.ts";
import { salesEvents as sales } from "../../fixtures/store-sales/generate.ts";
import { recordsOf } from "../support/records.ts";
import { until } from "../support/tank.ts";
import { deployed, type Target } from "./target.ts";

/** What no pipeline can read. The largest of them fills a shard's second by itself. */
const unreadable: readonly Buffer[] = [
  Buffer.from("this is no JSON"),
  Buffer.from([0x22, 0xff, 0xfe, 0x22]),
  Buffer.alloc(0),
  Buffer.alloc(1_000_000, "x"),
  Buffer.from('{"some": "other record"}'),
];

interface Failure {
  readonly KinesisBatchInfo: {
    readonly batchSize: number;
    readonly startSequenceNumber: string;
    readonly endSequenceNumber: string;
  };
}

/** Good records with a bad one after each. Gives the bad ones' sequence numbers. */
async function putMixed(kinesis: KinesisClient, StreamName: string, good: readonly object[]) {
  const bad: string[] = [];
  for (const [index, record] of good.entries()) {
    for (const Data of [Buffer.from(JSON.stringify(record)), unreadable[index]]) {
      if (!Data) continue;
      const { SequenceNumber = "" } = await kinesis.send(
        new PutRecordCommand({ StreamName, Data, PartitionKey: "one" }),
      );
      if (Data === unreadable[index]) bad.push(SequenceNumber);
    }
  }
  return bad;
}

/** What the bucket of failed records says of each, once it holds so many. */
async function failuresIn(target: Target, { bucket, count }: { bucket: string; count: number }) {
  const s3 = target.client(S3Client);
  const Bucket = `${bucket}-${target.accountId}-${target.region}`;
  const found = await until(
    async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
      return Contents.length >= count && Contents;
    },
    { timeoutMs: 60_000 },
  );
  return Promise.all(
    found.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const { KinesisBatchInfo }: Failure = JSON.parse((await Body?.transformToString()) ?? "");
      expect(KinesisBatchInfo.batchSize).toBe(1);
      return KinesisBatchInfo.startSequenceNumber;
    }),
  );
}

test.each([
  {
    name: "ride-duration",
    streams: ["ride_events", "ride_predictions"] as const,
    records: rides,
    idOf: (answer: unknown) => (answer as { prediction: object }).prediction,
    key: "ride_id",
  },
  {
    name: "store-sales",
    streams: ["sales_events", "sales_forecasts"] as const,
    records: sales,
    idOf: (answer: unknown) => answer as object,
    key: "event_id",
  },
])(
  "records that $name cannot read are kept by their sequence numbers, and each neighbour is answered once",
  async ({ name, streams: [input, output], records, idOf, key }) => {
    await using target = await deployed(name);
    const kinesis = target.client(KinesisClient);
    const good = [...records({ count: unreadable.length + 1 })];
    const bad = await putMixed(kinesis, input, good);
    const bucket = `${name}-failed-records`;
    expect((await failuresIn(target, { bucket, count: bad.length })).sort()).toEqual(bad);
    const answers = await until(async () => {
      const found = await recordsOf(kinesis, output, target.since);
      return found.length >= good.length && found;
    });
    const idIn = (value: object) => (value as Record<string, unknown>)[key];
    expect(answers.map(({ value }) => idIn(idOf(value)))).toEqual(good.map(idIn));
  },
  120_000,
);

test("records that power-usage cannot read are kept once by each of its consumers, and no reading is lost", async () => {
  await using target = await deployed("power-usage");
  const good = [...readings({ count: unreadable.length + 1 })];
  const bad = await putMixed(target.client(KinesisClient), "telemetry-power-consumption", good);
  const bucket = "power-usage-failed-records";
  const failures = await failuresIn(target, { bucket, count: 2 * bad.length });
  expect(failures.sort()).toEqual([...bad, ...bad].sort());
  const rows = await until(async () => {
    const scan = new ScanCommand({ TableName: "ConsumerTable" });
    const { Items = [] } = await target.client(DynamoDBClient).send(scan);
    return Items.length >= good.length && Items;
  });
  expect(rows.map(({ Time }) => Time?.S).sort()).toEqual(good.map(({ Time }) => Time));
}, 120_000);

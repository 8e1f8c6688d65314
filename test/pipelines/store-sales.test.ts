import { join } from "node:path";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
} from "@aws-sdk/client-kinesis";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import samples from "../../handlers/store-sales/samples.json" with { type: "json" };
import { kinesisRecord } from "../support/kinesis-record.ts";
import { startTank, type TestTank, until } from "../support/tank.ts";

let tank: TestTank;
let kinesis: KinesisClient;

beforeAll(async () => {
  tank = await startTank();
  await tank.deploy(join(packageRoot(), "handlers/store-sales/template.yaml"));
  kinesis = tank.client(KinesisClient, { maxAttempts: 3 });
});
afterAll(() => tank.stop());

const [sample] = samples.records;

/** The same receipt line for another series, so that tests side by side do not count one another's. */
function eventOf(change: object) {
  return { ...sample, ...change };
}

interface Answer {
  readonly event_id: string;
  readonly sold: number;
  readonly forecast: { readonly date: string; readonly sales: number };
}

async function put(event: object, key = "1"): Promise<void> {
  const Data = Buffer.from(JSON.stringify(event));
  await kinesis.send(new PutRecordCommand({ StreamName: "sales_events", PartitionKey: key, Data }));
}

/** The answer to an event, once it is on the output stream. */
function answerTo(event_id: string): Promise<Answer> {
  return until(
    async () => {
      const { ShardIterator } = await kinesis.send(
        new GetShardIteratorCommand({
          StreamName: "sales_forecasts",
          ShardId: "shardId-000000000000",
          ShardIteratorType: "TRIM_HORIZON",
        }),
      );
      const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      return Records.map(
        ({ Data }) => JSON.parse(Buffer.from(Data ?? []).toString()) as Answer,
      ).find((answer) => answer.event_id === event_id);
    },
    { timeoutMs: 15_000 },
  );
}

async function totalOf(series: string, date: string) {
  const { Item } = await tank.client(DynamoDBClient).send(
    new GetItemCommand({
      TableName: "store-sales-totals",
      Key: { series: { S: series }, date: { S: date } },
    }),
  );
  return { sales: Number(Item?.sales?.N), receipts: Number(Item?.receipts?.N) };
}

describe("the stream of sales", () => {
  test("counts a day's sales, and forecasts the days after it", async () => {
    const family = "LIQUOR,WINE,BEER";
    await put(eventOf({ event_id: "a1", store_nbr: 7, family, sales: 2 }));
    await put(eventOf({ event_id: "a2", store_nbr: 7, family, sales: 1.1 }));
    const answer = await answerTo("a2");
    expect(answer).toMatchObject({ sold: 3.1, forecast: { date: "2017-08-17" } });
    expect(answer.forecast.sales).toBeGreaterThan(10);
    expect(await totalOf("7#LIQUOR,WINE,BEER", "2017-08-16")).toEqual({ sales: 3.1, receipts: 2 });
  });

  test("counts no event again when its batch is delivered again, whole or with more", async () => {
    const event = (sequence: number) =>
      eventOf({ event_id: `r${sequence}`, store_nbr: 8, family: "BREAD/BAKERY", sales: 0.1 });
    const deliver = async (...sequences: number[]) => {
      const Records = sequences.map((sequence) => kinesisRecord(sequence, event(sequence)));
      const { FunctionError, Payload } = await tank.client(LambdaClient).send(
        new InvokeCommand({
          FunctionName: "store-sales-stream",
          Payload: Buffer.from(JSON.stringify({ Records })),
        }),
      );
      expect([FunctionError, Buffer.from(Payload ?? []).toString()]).toEqual([
        undefined,
        '{"batchItemFailures":[]}',
      ]);
      return totalOf("8#BREAD/BAKERY", "2017-08-16");
    };
    expect(await deliver(1, 2)).toEqual({ sales: 0.2, receipts: 2 });
    expect(await deliver(1, 2)).toEqual({ sales: 0.2, receipts: 2 });
    expect(await deliver(1, 2, 3)).toEqual({ sales: 0.3, receipts: 3 });
    expect(await deliver(10)).toEqual({ sales: 0.4, receipts: 4 });
  });

  test("sets a bad event apart and loses no good one", async () => {
    await put(eventOf({ event_id: "b1", store_nbr: 9 }));
    await put(eventOf({ event_id: "b2", store_nbr: 99 }));
    await put(eventOf({ event_id: "b3", store_nbr: 9 }));
    await answerTo("b3");
    await answerTo("b1");
    const s3 = tank.client(S3Client);
    await until(async () => {
      const Bucket = "store-sales-failed-records-000000000000-us-east-1";
      const { KeyCount = 0 } = await s3.send(new ListObjectsV2Command({ Bucket }));
      return KeyCount > 0;
    });
  });
});

import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { csvOf, powerReadings } from "../../fixtures/power-usage/generate.ts";
import { type Losses, losses } from "../pipelines/power-usage-losses.ts";
import { atMost, count, seconds as inSeconds, percent, promise, type Row } from "./rows.ts";
import { benchClient, startTank, waitUntil } from "./tank.ts";

/** A month of a meter's readings through power-usage. */
export interface MonthFigures {
  readonly rows: number;
  /** From the upload to the last row in its table and its forecast in the other, s. */
  readonly seconds: number;
  /** Of the tank and its functions meanwhile, s. */
  readonly cpuSeconds: number;
  /** Rows found in the table afterwards. */
  readonly stored: number;
}

const MONTH = { count: 31 * 24 * 60, from: "2009-12-01T00:00:00" };
const USER = "1234";
const LAST = { Date: { S: "31/12/2009" }, Time: { S: "23:59:00" } };
const UNTIL = "2009-12-31 23:59:00";

/** A file of a month by the minute: split, streamed, stored, and forecast batch by batch. */
export async function monthRound(port: number): Promise<MonthFigures> {
  await using tank = await startTank(port, ["start", "handlers/power-usage/template.yaml"]);
  const s3 = new S3Client({ ...benchClient(tank), forcePathStyle: true });
  const dynamodb = new DynamoDBClient(benchClient(tank));
  const upload = async (name: string, readings: { count: number; from: string }) => {
    const Body = csvOf(powerReadings(readings));
    const Bucket = "s3datastreaming-000000000000-us-east-1";
    await s3.send(new PutObjectCommand({ Bucket, Key: `${name}_month.csv`, Body }));
  };
  const isStored = async (Key: typeof LAST) => {
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: "ConsumerTable", Key }));
    return Item !== undefined;
  };
  const isForecast = async (user: string, until: string) => {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({
        TableName: "real-time-predictions",
        IndexName: "by-user",
        KeyConditionExpression: "user_id = :user",
        ExpressionAttributeValues: { ":user": { S: user } },
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    return Items[0]?.until?.S === until;
  };
  // An hour of another year, so that every function has run before.
  await upload("7", { count: 60, from: "2008-12-01T00:00:00" });
  await waitUntil(() => isForecast("7", "2008-12-01 00:59:00"));
  await waitUntil(() => isStored({ Date: { S: "01/12/2008" }, Time: { S: "00:59:00" } }));

  const cpuBefore = tank.cpuSeconds();
  const startedAt = performance.now();
  await upload(USER, MONTH);
  await waitUntil(async () => (await isStored(LAST)) && (await isForecast(USER, UNTIL)));
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuSeconds = tank.cpuSeconds() - cpuBefore;

  let stored = 0;
  let ExclusiveStartKey: Record<string, { S: string }> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new ScanCommand({ TableName: "ConsumerTable", ExclusiveStartKey }),
    );
    stored += Items.filter(({ user_id }) => user_id?.S === USER).length;
    ExclusiveStartKey = LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey);
  return { rows: MONTH.count, seconds, cpuSeconds, stored };
}

export function monthRows({ rows, seconds, stored }: MonthFigures): Row[] {
  return [
    atMost("power-usage: a month by the minute split, stored and forecast", seconds, 30, inSeconds),
    promise("the same, rows found in the table", stored / rows, 1, percent),
  ];
}

const USERS = 8;
const ROWS_OF_EACH = 25_000;

/** Of 200,000 rows, those that came through refused writes and crashes, and those out of their user's order. */
export function lossRound(): Promise<Losses> {
  return losses({ users: USERS, rowsOfEach: ROWS_OF_EACH, crashEvery: 500 });
}

export function lossRows({ stored, outOfOrder, writesRefused, crashes }: Losses): Row[] {
  return [
    promise(
      `power-usage: 200,000 records, ${count(writesRefused)} writes refused, ${crashes} crashes; stored`,
      stored,
      USERS * ROWS_OF_EACH,
      count,
    ),
    atMost("the same, records out of their user's order", outOfOrder, 1, count),
  ];
}

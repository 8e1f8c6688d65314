import { APIGatewayClient, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvOf, powerReadings } from "../../fixtures/power-usage/generate.ts";
import { until } from "../support/tank.ts";
import { deployed, type Target } from "./target.ts";

const ROWS = 150;
const named = (bucket: string) => `${bucket}-000000000000-us-east-1`;

let target: Target;
let api = "";

beforeAll(async () => {
  target = await deployed("power-usage");
  const { items = [] } = await target.client(APIGatewayClient).send(new GetRestApisCommand({}));
  const { id = "" } = items.find(({ name }) => name === "power-usage") ?? {};
  api = target.restApiUrl(id, "prod");
});
afterAll(() => target[Symbol.asyncDispose]());

const scanned = async (TableName: string) =>
  (await target.client(DynamoDBClient).send(new ScanCommand({ TableName }))).Items ?? [];

const keysIn = async (Bucket: string, Prefix: string) => {
  const { Contents = [] } = await target
    .client(S3Client)
    .send(new ListObjectsV2Command({ Bucket, Prefix }));
  return Contents.map(({ Key }) => Key ?? "");
};

test("an uploaded file becomes a row per reading, and a forecast in the table and in the bucket", async () => {
  const file = csvOf(powerReadings({ count: ROWS })).replace(/\n/, "\nthis is no reading\n");
  await target
    .client(S3Client)
    .send(
      new PutObjectCommand({ Bucket: named("s3datastreaming"), Key: "7_a file.csv", Body: file }),
    );
  const rows = await until(
    async () => {
      const items = await scanned("ConsumerTable");
      const own = items.filter(({ user_id }) => user_id?.S === "7");
      return own.length === ROWS && own;
    },
    { timeoutMs: 30_000 },
  );
  expect(new Set(rows.map(({ Time }) => Time?.S)).size).toBe(ROWS);
  await until(
    async () => {
      const forecasts = await scanned("real-time-predictions");
      return forecasts.some(({ until }) => until?.S === "2009-12-01 02:29:00");
    },
    { timeoutMs: 30_000 },
  );
  expect(
    await until(async () => {
      const keys = await keysIn(named("usage-hist-stream"), "predictions/7_");
      return keys.length > 0 && keys;
    }),
  ).toContainEqual(expect.stringMatching(/^predictions\/7_[\d.]+_2009-12-01 0/));
  const newest = await fetch(`${api}/prediction/userid/7`);
  expect(await newest.json()).toMatchObject({ user_id: "7", until: "2009-12-01 02:29:00" });
}, 90_000);

test("a record that is no reading goes to the bucket of failed records, and its neighbours go on", async () => {
  const kinesis = target.client(KinesisClient);
  const StreamName = "telemetry-power-consumption";
  const [reading] = powerReadings({ count: 1, from: "2010-05-01T00:00:00" });
  for (const text of ["no JSON", JSON.stringify(reading)]) {
    const Data = Buffer.from(text);
    await kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: "8", Data }));
  }
  const failed = await until(
    async () => {
      const keys = await keysIn(named("power-usage-failed-records"), "");
      // Of both consumers.
      return keys.length >= 2 && keys;
    },
    { timeoutMs: 60_000 },
  );
  expect(failed.length).toBeGreaterThanOrEqual(2);
  await until(
    async () => (await scanned("ConsumerTable")).some(({ user_id }) => user_id?.S === "8"),
    { timeoutMs: 30_000 },
  );
}, 120_000);

test("the rest of November is 29 points, with two plots in the bucket", async () => {
  const answer = await fetch(`${api}/monthly_prediction/2010-11-02T21:00:00`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toHaveLength(29);
  expect(await keysIn(named("usage-hist-stream"), "2010-11-02T21:00:00/")).toEqual([
    "2010-11-02T21:00:00/components.svg",
    "2010-11-02T21:00:00/forecast.svg",
  ]);
  const plot = await fetch(answer.headers.get("x-components-plot") ?? "");
  expect(await plot.text()).toMatch(/^<svg .*Time of day/);
  expect((await fetch(`${api}/monthly_prediction/2010-11-31T00:00:00`)).status).toBe(400);
}, 60_000);

test("the page's way: a link to upload by, then a report of four pages by a link", async () => {
  const link = await fetch(`${api}/upload/userid/9/months.csv`, { method: "POST" });
  const { url, key } = (await link.json()) as { url: string; key: string };
  expect(key).toBe("9_months.csv");
  const body = csvOf(
    powerReadings({ count: 24 * 70, everySeconds: 3600, from: "2009-07-01T00:00:00" }),
  );
  expect((await fetch(url, { method: "PUT", body })).status).toBe(200);
  const answer = await fetch(`${api}/generate_usage_pdf/userid/9`);
  const report = (await answer.json()) as { message: string; url: string; text: string };
  expect(report.message).toBe("success");
  expect(report.text).toContain("than the last billing period.");
  const pdf = Buffer.from(await (await fetch(report.url)).arrayBuffer());
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect((await fetch(`${api}/generate_usage_pdf/userid/10`)).status).toBe(404);
}, 60_000);

import { join } from "node:path";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { LambdaClient, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { ManualClock } from "../../emulator/core/clock.ts";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import type { Prediction } from "../../handlers/ride-duration/ride.ts";
import type { ZoneMean } from "../../handlers/ride-duration/zone-means.ts";
import { deployAsTimePasses } from "../support/manual-deploy.ts";
import { recordsOf } from "../support/records.ts";
import { startTank, until } from "../support/tank.ts";

const eight = Date.UTC(2021, 1, 1, 8);
const FunctionName = "ride-duration-zone-means";
const FAILED_RECORDS = "ride-duration-failed-records-000000000000-us-east-1";

const entry = (value: unknown, index: number) => ({
  Data: Buffer.from(JSON.stringify(value)),
  PartitionKey: String(index),
});
const ride = (PULocationID: number, trip_distance: number, ride_id: number) => ({
  ride: { PULocationID, DOLocationID: 205, trip_distance },
  ride_id,
});

test("every minute each pickup zone's mean predicted duration is reported, a bad record set apart", async () => {
  await using tank = await startTank({ clock: new ManualClock(eight) });
  const template = join(packageRoot(), "handlers/ride-duration/template.yaml");
  await deployAsTimePasses(tank, { template, parameters: { ZoneMeans: "True" } });
  const minute = Math.ceil((tank.clock.now() + 1) / 60_000) * 60_000;
  await tank.manualClock.advance(minute - tank.clock.now());
  const kinesis = tank.client(KinesisClient);
  const rides = [ride(130, 3.66, 1), ride(130, 8, 2), ride(41, 1.2, 3)];
  const Records = [...rides, "this is no ride"].map(entry);
  await kinesis.send(new PutRecordsCommand({ StreamName: "ride_events", Records }));
  const s3 = tank.client(S3Client);
  // Two functions read the stream, and each gives the bad record up.
  await until(async () => {
    await tank.manualClock.advance(50);
    const { KeyCount = 0 } = await s3.send(new ListObjectsV2Command({ Bucket: FAILED_RECORDS }));
    return KeyCount === 2;
  });
  const predicted = await recordsOf<Prediction>(kinesis, "ride_predictions");
  const minutesOf = (id: number) =>
    predicted.find(({ value }) => value.prediction.ride_id === id)?.value.prediction
      .ride_duration ?? Number.NaN;
  expect(await recordsOf(kinesis, "ride_zone_means")).toEqual([]);

  await tank.manualClock.advance(minute + 60_000 - tank.clock.now());
  const means = await until(async () => {
    const found = await recordsOf<ZoneMean>(kinesis, "ride_zone_means");
    return found.length > 0 && found;
  });
  const window = {
    start: new Date(minute).toISOString().replace(".000", ""),
    end: new Date(minute + 60_000).toISOString().replace(".000", ""),
  };
  const close = (mean: number) => expect.closeTo(mean, 4);
  expect(means).toEqual([
    {
      partitionKey: "41",
      value: { zone: 41, window, rides: 1, mean_ride_duration: close(minutesOf(3)) },
    },
    {
      partitionKey: "130",
      value: {
        zone: 130,
        window,
        rides: 2,
        mean_ride_duration: close((minutesOf(1) + minutesOf(2)) / 2),
      },
    },
  ]);
  const lambda = tank.client(LambdaClient);
  const { EventSourceMappings } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName }),
  );
  expect(EventSourceMappings).toMatchObject([
    { TumblingWindowInSeconds: 60, BisectBatchOnFunctionError: true },
  ]);
});

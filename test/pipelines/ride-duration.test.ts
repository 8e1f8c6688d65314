import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KinesisClient, PutRecordCommand, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { describe, expect, test } from "vitest";
import { packageRoot, selectPipelines } from "../../emulator/pipelines/pipeline.ts";
import { play } from "../../emulator/pipelines/play.ts";
import { rides } from "../../fixtures/ride-duration/generate.ts";
import event from "../../handlers/ride-duration/event.json" with { type: "json" };
import { recordsOf } from "../support/records.ts";
import { startTank, until } from "../support/tank.ts";
import { deployed, targetName } from "./target.ts";

const template = join(packageRoot(), "handlers/ride-duration/template.yaml");

/** Ride ids that no earlier run has used, where streams outlive it. */
const firstRideId = targetName === "embedded" ? 1 : Date.now();

const ridesOf = (options: { seed: number; count: number }) =>
  [...rides(options)].map((ride, index) => ({ ...ride, ride_id: firstRideId + index }));

const failedRecordsOf = ({ accountId, region }: { accountId: string; region: string }) =>
  `ride-duration-failed-records-${accountId}-${region}`;

interface Prediction {
  model: string;
  version: string;
  prediction: { ride_duration: number; ride_id: number };
}

// On AWS the stack is what it is.
const consumers = targetName === "aws" ? ["endpoint"] : ["endpoint", "in-function"];
const testHere = test.runIf(targetName === "embedded");

describe.each(consumers)("with the model %s", (Consumer) => {
  test("every ride's prediction leaves under its ride id", async () => {
    await using tank = await deployed("ride-duration", { Consumer });
    const kinesis = tank.client(KinesisClient);
    const sent = ridesOf({ seed: 3, count: 60 });
    const Records = sent.map((ride) => ({
      Data: Buffer.from(JSON.stringify(ride)),
      PartitionKey: String(ride.ride_id),
    }));
    await kinesis.send(new PutRecordsCommand({ StreamName: "ride_events", Records }));
    const received = await until(async () => {
      const records = await recordsOf<Prediction>(kinesis, "ride_predictions", tank.since);
      return records.length >= sent.length && records;
    });
    expect(received.map(({ partitionKey }) => partitionKey)).toEqual(
      sent.map(({ ride_id }) => String(ride_id)),
    );
    for (const { value, partitionKey } of received) {
      expect(value).toMatchObject({
        model: "ride_duration_prediction_model",
        version: "123",
        prediction: { ride_id: Number(partitionKey) },
      });
      expect(value.prediction.ride_duration).toBeGreaterThan(1);
      expect(value.prediction.ride_duration).toBeLessThan(60);
    }
  });
});

testHere("a bucket that holds the model already is used as it is, and none is made", async () => {
  await using tank = await startTank();
  const s3 = tank.client(S3Client);
  const Bucket = "runs";
  await s3.send(new CreateBucketCommand({ Bucket }));
  const folder = join(packageRoot(), "fixtures/ride-duration");
  // As AWS.md packs it.
  const archive = execFileSync("tar", ["-czf", "-", "-C", folder, "model.onnx"]);
  const model = readFileSync(join(folder, "model.onnx"));
  for (const [Key, Body] of [
    ["1/123/artifacts/model.tar.gz", archive],
    ["1/123/artifacts/model/model.onnx", model],
  ] as const) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  }
  await tank.deploy(template, { parameters: { ModelBucketName: Bucket } });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets.map(({ Name }) => Name).sort()).toEqual([failedRecordsOf(tank.scope), Bucket]);
  const lambda = tank.client(LambdaClient);
  for (const FunctionName of ["ride-duration", "ride-duration-in-function"]) {
    const Payload = JSON.stringify(event);
    const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
    expect(JSON.parse(answer.Payload?.transformToString() ?? "")).toMatchObject({
      predictions: [{ prediction: { ride_id: 256 } }],
    });
  }
});

testHere(
  "the saved event has the same answer by Invoke, by the Runtime Interface Emulator's path and from both variants",
  async () => {
    const tank = await startTank({ rieFunction: "ride-duration" });
    await using _ = tank;
    await tank.deploy(template, {
      parameters: { TestRun: "True" },
    });
    const lambda = tank.client(LambdaClient);
    const invoke = async (FunctionName: string) => {
      const input = { FunctionName, Payload: Buffer.from(JSON.stringify(event)) };
      const { Payload, FunctionError } = await lambda.send(new InvokeCommand(input));
      expect(FunctionError).toBeUndefined();
      return JSON.parse(Buffer.from(Payload ?? []).toString()) as { predictions: Prediction[] };
    };
    const answer = await invoke("ride-duration");
    const [prediction] = answer.predictions;
    expect(answer.predictions).toHaveLength(1);
    expect(prediction?.prediction).toEqual({
      ride_id: 256,
      ride_duration: expect.closeTo(16.170177, 4),
    });
    const rie = await fetch(`${tank.url}/2015-03-31/functions/function/invocations`, {
      method: "POST",
      body: JSON.stringify(event),
    });
    expect(await rie.json()).toEqual(answer);
    const inFunction = await invoke("ride-duration-in-function");
    expect(inFunction.predictions[0]?.prediction.ride_duration).toBeCloseTo(
      prediction?.prediction.ride_duration ?? 0,
      4,
    );
    expect(await recordsOf(tank.client(KinesisClient), "ride_predictions")).toEqual([]);
  },
);

test("the endpoint answers a CSV row, and names its variant", async () => {
  await using tank = await deployed("ride-duration");
  const runtime = tank.client(SageMakerRuntimeClient);
  const { Body, ContentType, InvokedProductionVariant } = await runtime.send(
    new InvokeEndpointCommand({
      EndpointName: "ride-duration",
      ContentType: "text/csv",
      Body: "130,205,3.66",
    }),
  );
  expect(Number(Buffer.from(Body ?? []).toString())).toBeCloseTo(16.170177, 4);
  expect(ContentType).toMatch(/^text\/csv/);
  expect(InvokedProductionVariant).toBe("AllTraffic");
});

test("a bad record goes to the on-failure bucket; its neighbours are predicted once each, in order", async () => {
  await using tank = await deployed("ride-duration");
  const kinesis = tank.client(KinesisClient);
  const sent = ridesOf({ seed: 5, count: 7 });
  const good = sent.map((ride) => JSON.stringify(ride));
  const bad = ["this is no ride", '{"ride": {"PULocationID": 1}, "ride_id": 9}'];
  const lines = [...good.slice(0, 3), bad[0], ...good.slice(3, 5), bad[1], ...good.slice(5)];
  const Records = lines.map((line) => ({ Data: Buffer.from(String(line)), PartitionKey: "zone" }));
  await kinesis.send(new PutRecordsCommand({ StreamName: "ride_events", Records }));
  const s3 = tank.client(S3Client);
  const Bucket = failedRecordsOf(tank);
  await until(async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    const { since = new Date(0) } = tank;
    return (
      Contents.filter(({ LastModified = since }) => LastModified >= since).length === bad.length
    );
  });
  const received = await until(async () => {
    const records = await recordsOf<Prediction>(kinesis, "ride_predictions", tank.since);
    return records.length >= good.length && records;
  });
  expect(received.map(({ value }) => value.prediction.ride_id)).toEqual(
    sent.map(({ ride_id }) => ride_id),
  );
  const later = {
    ride: { PULocationID: 74, DOLocationID: 75, trip_distance: 1 },
    ride_id: firstRideId - 1,
  };
  const put = {
    StreamName: "ride_events",
    PartitionKey: "zone",
    Data: Buffer.from(JSON.stringify(later)),
  };
  await kinesis.send(new PutRecordCommand(put));
  await until(async () => (await recordsOf(kinesis, "ride_predictions", tank.since)).length === 8);
});

testHere("playing the samples yields one prediction each, with its latency", async () => {
  await using tank = await startTank();
  const [pipeline] = selectPipelines(["ride-duration"]);
  if (!pipeline) throw new Error("no pipeline");
  await tank.deploy(pipeline.templateFile);
  const seen: unknown[] = [];
  const played = await play(pipeline, {
    api: tank,
    onPrediction: (each) => seen.push(each),
  });
  expect(played).toHaveLength(10);
  expect(seen).toEqual(played);
  for (const { latencyMs, input, prediction } of played) {
    expect(latencyMs).toBeGreaterThanOrEqual(0);
    expect(prediction).toMatchObject({
      prediction: { ride_id: (input as { ride_id: number }).ride_id },
    });
  }
});

test("a pipeline that is not there is refused with the names of those that are", () => {
  expect(() => selectPipelines(["nowhere"])).toThrow('There is no pipeline "nowhere".');
});

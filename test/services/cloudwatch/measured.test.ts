import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { Events } from "../../../emulator/core/events.ts";
import type { InvokableVariant } from "../../../emulator/services/sagemaker-runtime/endpoint-lookup.ts";
import { SageMakerRuntimeEngine } from "../../../emulator/services/sagemaker-runtime/engine.ts";
import { Measured } from "../../support/measured.ts";
import { cloudWatchTank, T0 } from "./watching.ts";

/** A stream of one shard, on which time stands still. */
async function measuredStream() {
  const under = await cloudWatchTank();
  const kinesis = under.tank.client(KinesisClient);
  await kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 }));
  await under.clock.advance(1_000);
  const sum = async (MetricName: string, more: object = {}) => {
    const { Datapoints } = await under.statistics({
      Namespace: "AWS/Kinesis",
      MetricName,
      Dimensions: [{ Name: "StreamName", Value: "rides" }],
      ...more,
    });
    return Datapoints[0] && [Datapoints[0].Sum, Datapoints[0].Unit];
  };
  return { ...under, kinesis, sum, [Symbol.asyncDispose]: () => under[Symbol.asyncDispose]() };
}

const entry = (bytes: number) => ({ PartitionKey: "k", Data: new Uint8Array(bytes) });

test("what is put into a stream is counted, with its bytes", async () => {
  await using under = await measuredStream();
  const StreamName = "rides";
  await under.kinesis.send(new PutRecordCommand({ StreamName, ...entry(9) }));
  await under.kinesis.send(new PutRecordsCommand({ StreamName, Records: [entry(4), entry(4)] }));
  expect(await under.sum("IncomingRecords")).toEqual([3, "Count"]);
  expect(await under.sum("IncomingBytes")).toEqual([20, "Bytes"]);
  expect(await under.sum("PutRecord.Bytes")).toEqual([10, "Bytes"]);
  expect(await under.sum("PutRecords.TotalRecords")).toEqual([2, "Count"]);
  expect(await under.sum("PutRecord.Latency")).toEqual([0, "Milliseconds"]);
  expect(await under.sum("WriteProvisionedThroughputExceeded")).toEqual([0, "Count"]);
});

test("records that a shard had no room for are throttled, and not incoming", async () => {
  await using under = await measuredStream();
  const Records = [entry(1_000_000), entry(1_000_000)];
  await under.kinesis.send(new PutRecordsCommand({ StreamName: "rides", Records }));
  expect(await under.sum("PutRecords.ThrottledRecords")).toEqual([1, "Count"]);
  expect(await under.sum("WriteProvisionedThroughputExceeded")).toEqual([1, "Count"]);
  expect(await under.sum("IncomingBytes")).toEqual([1_000_001, "Bytes"]);
});

test("reading tells how old the last record was", async () => {
  await using under = await measuredStream();
  await under.kinesis.send(new PutRecordCommand({ StreamName: "rides", ...entry(9) }));
  await under.clock.advance(5_000);
  const { ShardIterator } = await under.kinesis.send(
    new GetShardIteratorCommand({
      StreamName: "rides",
      ShardId: "shardId-000000000000",
      ShardIteratorType: "TRIM_HORIZON",
    }),
  );
  await under.kinesis.send(new GetRecordsCommand({ ShardIterator }));
  expect(await under.sum("GetRecords.IteratorAgeMilliseconds")).toEqual([5_000, "Milliseconds"]);
  expect(await under.sum("GetRecords.Records")).toEqual([1, "Count"]);
});

test.each([
  [200, 0, 0],
  [422, 1, 0],
  [503, 0, 1],
])("a model's %i is counted, with its latency in microseconds", async (status, of4xx, of5xx) => {
  const metrics = new Measured();
  const clock = new ManualClock(T0);
  const variant: InvokableVariant = {
    name: "main",
    instanceCount: 4,
    invoke: async () => {
      await clock.advance(12);
      return { status, contentType: "text/csv", body: "1" };
    },
  };
  const runtime = new SageMakerRuntimeEngine(
    {
      clock,
      events: new Events(),
      enforceLimits: true,
      metrics,
    },
    {
      endpoints: { find: () => ({ status: "InService", choose: () => variant }) },
      objects: {
        read: async () => new Uint8Array(),
        contentType: async () => undefined,
        write: async () => {},
      },
    },
  );
  const request = {
    endpointName: "rides",
    targetVariant: undefined,
    contentType: undefined,
    accept: undefined,
    customAttributes: undefined,
    body: new Uint8Array(),
  };
  const scope = { accountId: "000000000000", region: "us-east-1" };
  await runtime.invoke(scope, request).catch(() => {});
  expect(metrics.told()).toMatchObject({
    Invocations: [1, "None"],
    InvocationsPerInstance: [0.25, "None"],
    ModelLatency: [12_000, "Microseconds"],
    OverheadLatency: [0, "Microseconds"],
    Invocation4XXErrors: [of4xx, "None"],
    Invocation5XXErrors: [of5xx, "None"],
    InvocationModelErrors: [of4xx + of5xx, "None"],
  });
  expect(metrics.all[0]?.dimensions).toEqual({ EndpointName: "rides", VariantName: "main" });
});

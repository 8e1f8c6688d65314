import { join } from "node:path";
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { ModelServer } from "../../emulator/model-server/server.ts";
import { packageRoot, selectPipelines } from "../../emulator/pipelines/pipeline.ts";
import { play } from "../../emulator/pipelines/play.ts";
import { startTank, until } from "../support/tank.ts";
import { tankBefore } from "./support.ts";

const template = join(packageRoot(), "handlers/ride-duration/template.yaml");
const [pipeline] = selectPipelines(["ride-duration"]);

async function predictions(tank: Parameters<typeof play>[1]["api"]) {
  if (!pipeline) throw new Error("no pipeline");
  const played = await play(pipeline, { api: tank, onPrediction: () => undefined });
  return played
    .map(({ prediction }) => prediction as { prediction: { ride_id: number } })
    .sort((a, b) => a.prediction.ride_id - b.prediction.ride_id);
}

test("with streams and buckets elsewhere, the pipeline predicts the same", async () => {
  await using embedded = await startTank();
  await embedded.deploy(template);
  await using under = await tankBefore({ kinesis: "localstack", s3: "localstack" });
  await under.tank.deploy(template);
  const expected = await predictions(embedded);
  expect(expected).toHaveLength(10);
  expect(await predictions(under.tank)).toEqual(expected);

  const behind = under.behind.client(KinesisClient);
  const iterator = await behind.send(
    new GetShardIteratorCommand({
      StreamName: "ride_predictions",
      ShardId: "shardId-000000000000",
      ShardIteratorType: "TRIM_HORIZON",
    }),
  );
  const { ShardIterator } = iterator;
  const { Records } = await behind.send(new GetRecordsCommand({ ShardIterator }));
  expect(Records).toHaveLength(10);
});

test("a tank that is started again takes the streams that it finds", async () => {
  await using under = await tankBefore({ kinesis: "localstack", s3: "localstack" });
  await under.tank.deploy(template);
  await under.tank.stop();
  const backends = { kinesis: "localstack", s3: "localstack" } as const;
  await using again = await startTank({ backends: { backends, localstackUrl: under.behind.url } });
  const stack = await again.deploy(template);
  expect(await predictions(again)).toHaveLength(10);
  await stack.delete();
  // What it did not create it leaves.
  await under.behind.call("kinesis", "DescribeStreamSummary", { StreamName: "ride_events" });
});

test("records that cannot be read end in the bucket elsewhere", async () => {
  await using under = await tankBefore({ kinesis: "localstack", s3: "localstack" });
  await under.tank.deploy(template);
  await under.tank.call("kinesis", "PutRecord", {
    StreamName: "ride_events",
    PartitionKey: "1",
    Data: Buffer.from("no ride"),
  });
  const s3 = under.behind.client(S3Client, { forcePathStyle: true } as object);
  const Bucket = "ride-duration-failed-records-000000000000-us-east-1";
  await until(async () => (await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount === 1);
});

test("an endpoint is served by a model server of its own", async () => {
  const server = new ModelServer({
    modelFolder: join(packageRoot(), "fixtures/ride-duration"),
    host: "127.0.0.1",
    port: 0,
    intraOpThreads: 1,
  });
  await server.start();
  const modelServers = { "ride-duration": `http://127.0.0.1:${server.port}` };
  try {
    await using tank = await startTank({ backends: { modelServers } });
    await tank.deploy(template);
    expect(await predictions(tank)).toHaveLength(10);
    await server.close();
    const asked = tank.call("sagemaker-runtime", "InvokeEndpoint", {
      EndpointName: "ride-duration",
      ContentType: "text/csv",
      Body: Buffer.from("130,205,3.66"),
    });
    await expect(asked).rejects.toMatchObject({ code: "ModelError" });
  } finally {
    await server.close();
  }
});

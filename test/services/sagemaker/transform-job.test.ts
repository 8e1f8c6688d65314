import { gzipSync } from "node:zlib";
import {
  ListTransformJobsCommand,
  StopTransformJobCommand,
  waitUntilTransformJobCompletedOrStopped,
} from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import { until } from "../../support/tank.ts";
import { answer, GatedHost } from "./gated-host.ts";
import { faultOf } from "./hosting-tank.ts";
import { begin, ended, outputs, startTransforms } from "./transform-tank.ts";

const RIDE = "130,205,3.66";

test("each object under a prefix becomes an .out of its predictions, in order", async () => {
  await using tank = await startTransforms({
    "in/a.csv": `${RIDE}\n1,2,3\n`,
    "in/deep/b.csv": "1,2,3",
    "other.csv": RIDE,
  });
  const { TransformJobArn } = await begin(tank);
  expect(TransformJobArn).toBe("arn:aws:sagemaker:us-east-1:000000000000:transform-job/job");
  const job = await ended(tank);
  expect([job.TransformJobStatus, job.FailureReason]).toEqual(["Completed", undefined]);
  expect(outputs(tank)).toEqual({ "a.csv.out": "25.300001\n8.72\n", "deep/b.csv.out": "8.72\n" });
  expect(job.TransformEndTime).toBeInstanceOf(Date);
  await waitUntilTransformJobCompletedOrStopped(
    { client: tank.client, minDelay: 1, maxDelay: 1, maxWaitTime: 5 },
    { TransformJobName: "job" },
  );
});

test("a manifest names its objects; gzip is inflated; whole objects are sent by SplitType None", async () => {
  await using tank = await startTransforms({
    "list.json": '[{"prefix": "s3://data/in/"}, "a.csv.gz"]',
    "in/a.csv.gz": gzipSync(`${RIDE}\n1,2,3\n`),
    "in/b.csv": RIDE,
  });
  const S3DataSource = { S3DataType: "ManifestFile" as const, S3Uri: "s3://data/list.json" };
  await begin(tank, {
    TransformInput: {
      DataSource: { S3DataSource },
      ...{ CompressionType: "Gzip", SplitType: "None" },
    },
    TransformOutput: { AssembleWith: "None" },
  });
  expect((await ended(tank)).FailureReason).toBeUndefined();
  expect(outputs(tank)).toEqual({ "a.csv.gz.out": "25.300001\n8.72\n" });
});

test("an object with a bad record has no output, the others have, and the reason names it", async () => {
  await using tank = await startTransforms({
    "in/bad.csv": `${RIDE}\nnonsense\n`,
    "in/good.csv": RIDE,
  });
  await begin(tank);
  const job = await ended(tank);
  expect(job.TransformJobStatus).toBe("Failed");
  expect(job.FailureReason).toMatch(
    /^ClientError: 1 of 2 inputs failed: s3:\/\/data\/in\/bad.csv: Received client error \(400\)/,
  );
  expect(outputs(tank)).toEqual({ "good.csv.out": "25.300001\n" });
});

test("records travel one by one or as many as fit, so many calls at a time", async () => {
  const host = new GatedHost(({ body }) => answer(200, `${Buffer.from(body).length}\n`)).open();
  const line = "x".repeat(400_000);
  await using tank = await startTransforms({ "in/a": `${line}\n${line}\n${line}\n` }, { host });
  await begin(tank, { MaxPayloadInMB: 1, MaxConcurrentTransforms: 2 });
  await ended(tank);
  expect(outputs(tank)).toEqual({ "a.out": "800001\n400000\n" });
  await begin(tank, { TransformJobName: "single", BatchStrategy: "SingleRecord" });
  await until(() => host.requests.length === 5);
  expect(host.started[0]?.environment).toMatchObject({
    SAGEMAKER_BATCH: "true",
    SAGEMAKER_BATCH_STRATEGY: "MULTI_RECORD",
    SAGEMAKER_MAX_PAYLOAD_IN_MB: "1",
    SAGEMAKER_MAX_CONCURRENT_TRANSFORMS: "2",
  });
});

test("a record beyond MaxPayloadInMB fails its object with advice", async () => {
  await using tank = await startTransforms({ "in/a": "x".repeat(1024 * 1024 + 1) });
  await begin(tank, { MaxPayloadInMB: 1 });
  expect((await ended(tank)).FailureReason).toContain("larger than MaxPayloadInMB");
});

test("columns are left out of the input and joined to the prediction", async () => {
  await using tank = await startTransforms({ "in/a.csv": `id1,${RIDE}\nid2,1,2,3\n` });
  await begin(tank, {
    DataProcessing: { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0,-1]" },
  });
  expect((await ended(tank)).FailureReason).toBeUndefined();
  expect(outputs(tank)).toEqual({ "a.csv.out": "id1,25.300001\nid2,8.72\n" });
});

test("a JSON line gets its prediction as SageMakerOutput", async () => {
  const host = new GatedHost(() => answer(200, '{"score":1}\n')).open();
  await using tank = await startTransforms({ "in/a": '{"id":7,"x":[1]}\n[2]\n' }, { host });
  await begin(tank, {
    BatchStrategy: "SingleRecord",
    TransformInput: { ContentType: "application/jsonlines" },
    DataProcessing: { JoinSource: "Input" },
  });
  await ended(tank);
  expect(
    outputs(tank)
      ["a.out"]?.trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { id: 7, x: [1], SageMakerOutput: { score: 1 } },
    { SageMakerInput: [2], SageMakerOutput: { score: 1 } },
  ]);
});

test("a container's fault is tried again, as often as is said", async () => {
  let calls = 0;
  const host = new GatedHost(() => answer(++calls < 3 ? 503 : 200, "ok")).open();
  await using tank = await startTransforms({ "in/a": "1" }, { host });
  await begin(tank, { ModelClientConfig: { InvocationsMaxRetries: 1 } });
  expect((await ended(tank)).FailureReason).toContain("server error (503)");
  expect(calls).toBe(2);
});

test("a job that is stopped is Stopping, and Stopped once its call has ended", async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const host = new GatedHost(async () => {
    await gate;
    return answer(200, "late");
  }).open();
  await using tank = await startTransforms({ "in/a": "1\n2" }, { host });
  await begin(tank);
  await until(() => host.requests.length === 1);
  const stop = () => tank.client.send(new StopTransformJobCommand({ TransformJobName: "job" }));
  await stop();
  const listed = new ListTransformJobsCommand({ StatusEquals: "Stopping" });
  expect((await tank.client.send(listed)).TransformJobSummaries).toMatchObject([
    { TransformJobName: "job", TransformJobStatus: "Stopping" },
  ]);
  release();
  expect((await ended(tank)).TransformJobStatus).toBe("Stopped");
  expect(outputs(tank)).toEqual({});
  expect(await faultOf(stop())).toContain("its status is Stopped");
});

test("jobs that cannot be begun are refused with the reason", async () => {
  await using tank = await startTransforms({ "in/a": RIDE });
  await begin(tank);
  expect(await faultOf(begin(tank))).toContain("ResourceInUse: Job name must be unique");
  const other = { TransformJobName: "other" };
  for (const [asked, reason] of [
    [{ ModelName: "absent" }, "Could not find model"],
    [{ MaxPayloadInMB: 51, MaxConcurrentTransforms: 2 }, "must not exceed 100 MB"],
    [{ TransformInput: { SplitType: "RecordIO" } }, "SplitType RecordIO is not emulated"],
    [{ DataProcessing: { InputFilter: "x" } }, "InputFilter is no JSONPath"],
    [
      { DataProcessing: { JoinSource: "Input" }, TransformOutput: { AssembleWith: "None" } },
      "AssembleWith that equals SplitType",
    ],
  ] as const) {
    expect(await faultOf(begin(tank, { ...other, ...asked }))).toContain(reason);
  }
  await ended(tank);
});

test("a job that finds no input says where it looked", async () => {
  await using tank = await startTransforms({});
  await begin(tank);
  expect((await ended(tank)).FailureReason).toContain("no objects were found under s3://data/in/");
});

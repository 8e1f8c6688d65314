import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";
import { loadSamples, startTestbed } from "../../emulator/testing/index.ts";

const samples = loadSamples(join(packageRoot(), "handlers/ride-duration/samples.json"));

test("sample records go in under the keys that their file names", async () => {
  await using testbed = await startTestbed();
  const { stream, key } = samples.input;
  await testbed.createStream(stream);
  await testbed.putRecords(stream, samples.records, { partitionKey: key });
  const records = testbed.stream(stream).records();
  expect(records.map(({ value }) => value)).toEqual(samples.records);
  expect(records.map(({ partitionKey }) => Number(partitionKey))).toEqual([
    256, 257, 258, 259, 260, 261, 262, 263, 264, 265,
  ]);
});

test("records without a key are numbered", async () => {
  await using testbed = await startTestbed();
  await testbed.createStream("rides");
  await testbed.putRecords("rides", ["a", "b"]);
  const keys = testbed
    .stream("rides")
    .records()
    .map(({ partitionKey }) => partitionKey);
  expect(keys).toEqual(["1", "2"]);
});

test("more records than one request takes go in several", async () => {
  await using testbed = await startTestbed();
  const rides = await testbed.createStream("rides");
  const put = await rides.put(Array.from({ length: 900 }, (_, id) => ({ id })));
  expect(put).toHaveLength(900);
  expect(rides.records<{ id: number }>().map(({ value }) => value.id)).toEqual([...put.keys()]);
});

test("records beyond the shards' throughput are an error, unless limits are lifted", async () => {
  const items = Array.from({ length: 1_200 }, (_, id) => ({ id }));
  await using limited = await startTestbed({ clock: "manual" });
  await limited.createStream("rides");
  await expect(limited.putRecords("rides", items)).rejects.toThrow(/refused 200 of 1200 records/);
  await using unlimited = await startTestbed({ clock: "manual", enforceLimits: false });
  await unlimited.createStream("rides");
  expect(await unlimited.putRecords("rides", items)).toHaveLength(1_200);
});

test("a record without the member that is to be its key is an error that shows it", async () => {
  await using testbed = await startTestbed();
  await testbed.createStream("rides");
  const put = testbed.putRecords("rides", [{ id: 1 }, { name: "x" }], { partitionKey: "id" });
  await expect(put).rejects.toThrow('nothing at "id" for its partition key: {"name":"x"}');
});

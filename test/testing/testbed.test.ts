import { DescribeStreamSummaryCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { startTestbed } from "../../emulator/testing/index.ts";

const template = new URL("./template.yaml", import.meta.url);

test("a client with the testbed's settings reaches it", async () => {
  await using testbed = await startTestbed();
  await testbed.createStream("rides", { shardCount: 3 });
  const kinesis = new KinesisClient(testbed.clientConfig);
  const asked = new DescribeStreamSummaryCommand({ StreamName: "rides" });
  const { StreamDescriptionSummary } = await kinesis.send(asked);
  kinesis.destroy();
  expect(StreamDescriptionSummary).toMatchObject({ StreamStatus: "ACTIVE", OpenShardCount: 3 });
});

test("its environment variables are those that AWS clients read", async () => {
  await using testbed = await startTestbed({ region: "eu-west-1" });
  expect(testbed.env).toMatchObject({ AWS_ENDPOINT_URL: testbed.url, AWS_REGION: "eu-west-1" });
});

test("two testbeds do not see one another's streams", async () => {
  await using one = await startTestbed();
  await using other = await startTestbed();
  await one.createStream("rides");
  await one.putRecords("rides", ["a"]);
  await other.createStream("rides");
  expect(other.stream("rides").records()).toEqual([]);
});

test("a record goes through the deployed function", async () => {
  await using testbed = await startTestbed({ template });
  await testbed.putRecords("in", [{ ride: 7 }]);
  const [record] = await testbed.waitForRecords("out");
  expect(record).toMatchObject({ value: { ride: 7 }, partitionKey: "1" });
});

test("a reset leaves the testbed as it was started: its template is there, its records are gone", async () => {
  await using testbed = await startTestbed({ template });
  await testbed.createStream("rides");
  await testbed.putRecords("in", [{ ride: 7 }]);
  await testbed.waitForRecords("out");
  await testbed.reset();
  expect(testbed.tank.inventory()).not.toContain("3 streams");
  expect(testbed.stream("out").records()).toEqual([]);
  await testbed.putRecords("in", [{ ride: 8 }]);
  const records = await testbed.waitForRecords("out");
  expect(records.map(({ value }) => value)).toEqual([{ ride: 8 }]);
});

test("a template that cannot be deployed stops the testbed", async () => {
  const start = startTestbed({ template: "no-such-template.yaml" });
  await expect(start).rejects.toThrow(/no-such-template/);
});

test("a manual clock moves a batching window that no real time was spent on", async () => {
  await using testbed = await startTestbed({
    template,
    parameters: { Window: "300" },
    clock: "manual",
  });
  const before = testbed.clock.now();
  await testbed.putRecords("in", [{ ride: 7 }]);
  // The window began while the template was deployed, for which the clock went along with real time.
  await testbed.clock.advance(200_000);
  expect(testbed.stream("out").records()).toEqual([]);
  await testbed.clock.advance(100_000);
  const [record] = await testbed.waitForRecords("out");
  expect(record?.arrivedAt).toBeGreaterThan(before + 200_000);
  expect(record?.arrivedAt).toBeLessThanOrEqual(before + 300_000);
});

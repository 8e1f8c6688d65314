import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { afterAll, afterEach, expect, test } from "vitest";
import { loadSamples, startTestbed } from "wavetank/testing";

const template = new URL("../template.yaml", import.meta.url);
const { input, output, records } = loadSamples(new URL("../samples.json", import.meta.url));

// A testbed of this file's own; each test begins with it as it was started.
const testbed = await startTestbed({ template });
afterEach(() => testbed.reset());
afterAll(() => testbed.stop());

test("a ride's fare leaves under its id", async () => {
  await testbed.putRecords(input.stream, [{ id: "a", kilometres: 4, minutes: 12 }]);
  await expect(testbed.stream("fares")).toHaveReceivedRecord({ id: "a", fare: 14 });
});

test("a fare is never below the flag fall", async () => {
  await testbed.putRecords(input.stream, records, { partitionKey: input.key });
  const fares = await testbed.waitForRecords<{ fare: number }>(output.stream, {
    count: records.length,
  });
  for (const { value } of fares) expect(value.fare).toBeGreaterThanOrEqual(3);
  await expect(testbed.stream("fares")).toHaveReceivedRecord(
    expect.objectContaining({ id: "b", fare: expect.closeTo(49.8) }),
  );
});

test("a producer of our own reaches the stream with the AWS SDK", async () => {
  const kinesis = new KinesisClient(testbed.clientConfig);
  await kinesis.send(
    new PutRecordCommand({
      StreamName: "finished-rides",
      PartitionKey: "d",
      Data: Buffer.from(JSON.stringify({ id: "d", kilometres: 1, minutes: 4 })),
    }),
  );
  const [fare] = await testbed.waitForRecords("fares");
  expect(fare).toMatchObject({ partitionKey: "d", value: { fare: 6 } });
});

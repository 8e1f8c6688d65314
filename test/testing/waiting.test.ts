import { expect, test } from "vitest";
import { startTestbed, type Testbed } from "../../emulator/testing/index.ts";

const template = new URL("./template.yaml", import.meta.url);

async function failure(
  waiting: Promise<unknown>,
): Promise<Error & { code?: string; hint?: string }> {
  return waiting.then(
    () => expect.unreachable(),
    (error) => error,
  );
}

async function withStream(): Promise<Testbed> {
  const testbed = await startTestbed();
  await testbed.createStream("rides", { shardCount: 2 });
  return testbed;
}

test("waiting ends as soon as the records are there that were asked for", async () => {
  await using testbed = await withStream();
  const waiting = testbed.waitForRecords<{ id: number }>("rides", {
    count: 2,
    match: ({ value }) => value.id > 1,
  });
  await testbed.putRecords("rides", [{ id: 1 }, { id: 2 }]);
  await testbed.putRecords("rides", [{ id: 3 }]);
  expect((await waiting).map(({ value }) => value.id)).toEqual([2, 3]);
});

test("records from before the wait count", async () => {
  await using testbed = await withStream();
  await testbed.putRecords("rides", ["early"]);
  expect(await testbed.waitForRecords("rides")).toMatchObject([{ value: "early" }]);
});

test("data that is not JSON is text", async () => {
  await using testbed = await withStream();
  await testbed.putRecords("rides", ["1,2", new Uint8Array([0x7b])], { partitionKey: () => "a" });
  const values = testbed
    .stream("rides")
    .records()
    .map(({ value }) => value);
  expect(values).toEqual(["1,2", "{"]);
});

test("a wait in vain says what did arrive", async () => {
  await using testbed = await withStream();
  await testbed.putRecords("rides", [{ id: 1 }], { partitionKey: "id" });
  const error = await failure(testbed.waitForRecords("rides", { count: 2, timeoutMs: 20 }));
  expect(error.code).toBe("ERR_TIMEOUT");
  expect(error.message).toBe(
    '1 of 2 matching records came within 20 ms.\nrides holds 1 record:\n  {"id":1}  (partition key 1)',
  );
});

test("a wait in vain shows only the first of many records, and each shortened", async () => {
  await using testbed = await withStream();
  await testbed.putRecords(
    "rides",
    Array.from({ length: 8 }, () => "x".repeat(1_000)),
  );
  const { message } = await failure(testbed.waitForRecords("rides", { count: 9, timeoutMs: 1 }));
  expect(message).toContain("… and 3 more");
  expect(message.length).toBeLessThan(1_500);
});

test("a wait in vain says how the function failed, and where a manual clock stands", async () => {
  await using testbed = await startTestbed({ template, clock: "manual" });
  const failed = new Promise<void>((resolve) => {
    testbed.tank.events.on(({ type }) => type === "invocation" && resolve());
  });
  await testbed.putRecords("in", [{ fail: true }]);
  await failed;
  const { message } = await failure(testbed.waitForRecords("out", { timeoutMs: 1 }));
  expect(message).toContain("out holds no records.");
  expect(message).toContain("copy failed: RangeError: asked to fail");
  expect(message).toContain("The manual clock stands at 2026-01-01T00:00:0");
});

test("a stream that is not there is named at once, with what is there", async () => {
  await using testbed = await withStream();
  const error = await failure(testbed.waitForRecords("trips"));
  expect(error.message).toContain('no stream "trips"');
  expect(error.hint).toContain("kinesis 1 stream");
  expect((await failure(testbed.putRecords("trips", ["a"]))).message).toBe(error.message);
});

test("a wait ends by an error when its stream is deleted", async () => {
  await using testbed = await withStream();
  const waiting = failure(testbed.waitForRecords("rides"));
  await testbed.tank.call("kinesis", "DeleteStream", { StreamName: "rides" });
  expect((await waiting).message).toContain('no stream "rides"');
});

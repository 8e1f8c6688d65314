import { describe, expect, test } from "vitest";
import { startTestbed, type Testbed } from "../../emulator/testing/index.ts";
import { testWithTestbed } from "../../emulator/testing/vitest.ts";

async function withRide(): Promise<Testbed> {
  const testbed = await startTestbed();
  await testbed.createStream("rides");
  await testbed.putRecords("rides", [{ id: 256, minutes: 16.17 }]);
  return testbed;
}

test("a stream is expected to receive a record that equals, asymmetric matchers included", async () => {
  await using testbed = await withRide();
  const rides = testbed.stream("rides");
  await expect(rides).toHaveReceivedRecord({ id: 256, minutes: 16.17 });
  await expect(rides).toHaveReceivedRecord({ id: 256, minutes: expect.closeTo(16.2, 1) });
  await expect(rides).toHaveReceivedRecord(expect.objectContaining({ id: 256 }));
  await expect(rides).not.toHaveReceivedRecord({ id: 256 });
});

test("the matcher waits for a record that is on its way", async () => {
  await using testbed = await withRide();
  const expectation = expect(testbed.stream("rides")).toHaveReceivedRecord({ id: 257 });
  await testbed.putRecords("rides", [{ id: 257 }]);
  await expectation;
});

test("a record that does not come fails with what was expected and what arrived", async () => {
  await using testbed = await withRide();
  const expectation = expect(testbed.stream("rides")).toHaveReceivedRecord(
    { id: 1 },
    { timeoutMs: 10 },
  );
  const { message } = await expectation.then(
    () => expect.unreachable(),
    (error) => error as Error,
  );
  expect(message).toContain("No matching record came within 10 ms.");
  expect(message).toMatch(/Expected a record that equals:\n.*"id": 1,/s);
  expect(message).toContain('{"id":256,"minutes":16.17}  (partition key 1)');
});

test("a record that was not to come fails by name", async () => {
  await using testbed = await withRide();
  const expectation = expect(testbed.stream("rides")).not.toHaveReceivedRecord(expect.anything());
  await expect(expectation).rejects.toThrow(/Expected no record that equals:\nAnything/);
});

test("a stream that is not there fails as such, also where no record is expected", async () => {
  await using testbed = await withRide();
  const expectation = expect(testbed.stream("trips")).not.toHaveReceivedRecord({ id: 1 });
  await expect(expectation).rejects.toThrow('no stream "trips"');
});

test("the matcher takes nothing but a stream of a testbed", async () => {
  await expect(expect("rides").toHaveReceivedRecord({})).rejects.toThrow("testbed.stream(name)");
});

const seen = new Set<Testbed>();
const withTestbed = testWithTestbed({ clock: "manual" });

describe("a testbed as a fixture", () => {
  withTestbed.for([1, 2])("is one for all tests of the file (%i)", async (_, { testbed }) => {
    seen.add(testbed);
    await testbed.clock.advance(1);
    expect(seen.size).toBe(1);
  });
});

import { expect, test } from "vitest";
import { startTestbed } from "wavetank/testing";

test("rides wait for the batching window, five minutes that take no time", async () => {
  await using testbed = await startTestbed({
    template: new URL("../template.yaml", import.meta.url),
    parameters: { BatchingWindowSeconds: "300" },
    clock: "manual",
  });
  await testbed.putRecords("finished-rides", [{ id: "a", kilometres: 4, minutes: 12 }]);

  // The window is open since the function's event source was created, at most moments ago.
  await testbed.clock.advance(240_000);
  await expect(testbed.stream("fares")).not.toHaveReceivedRecord(expect.anything());

  await testbed.clock.advance(60_000);
  await expect(testbed.stream("fares")).toHaveReceivedRecord({ id: "a", fare: 14 });
});

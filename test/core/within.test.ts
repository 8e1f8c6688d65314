import { expect, test } from "vitest";
import { ManualClock } from "../../emulator/core/clock.ts";
import { within } from "../../emulator/core/within.ts";

test("work in time is answered with what it comes to, its failure too", async () => {
  const clock = new ManualClock();
  await expect(within(clock, 10, Promise.resolve("done"))).resolves.toBe("done");
  await expect(within(clock, 10, Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});

test("work that takes longer is a timeout, and its failure after that is nobody's", async () => {
  const clock = new ManualClock();
  let fail: (reason: Error) => void = () => undefined;
  const work = new Promise<string>((_, reject) => {
    fail = reject;
  });
  const waiting = within(clock, 10, work);
  await clock.advance(10);
  await expect(waiting).resolves.toBe("timeout");
  fail(new Error("too late to be heard"));
  await clock.advance(1);
});

import { expect, test } from "vitest";
import { ManualClock, SystemClock } from "../../emulator/core/clock.ts";
import { canAdvance, MovableClock } from "../../emulator/core/movable-clock.ts";

const HOUR_MS = 3_600_000;

test("what falls due in a leap runs in its order, each at its own time", async () => {
  const clock = new MovableClock();
  const start = clock.now();
  const ran: [string, number][] = [];
  const hours = () => Math.round((clock.now() - start) / HOUR_MS);
  clock.after(3 * HOUR_MS, () => ran.push(["once", hours()]));
  const daily = clock.every(2 * HOUR_MS, () => ran.push(["every", hours()]));
  await clock.advance(5 * HOUR_MS);
  daily[Symbol.dispose]();
  expect(ran).toEqual([
    ["every", 2],
    ["once", 3],
    ["every", 4],
  ]);
  expect(hours()).toBe(5);
});

test("real time passes too, and a timer that is disposed does not run", async () => {
  const clock = new MovableClock();
  let disposed = true;
  clock
    .after(1, () => {
      disposed = false;
    })
    [Symbol.dispose]();
  const before = clock.now();
  await clock.sleep(5);
  expect(clock.now()).toBeGreaterThanOrEqual(before + 4);
  expect(disposed).toBe(true);
});

test("after a leap timers keep what was left of their time", async () => {
  const clock = new MovableClock();
  const sleeping = clock.sleep(HOUR_MS);
  await clock.advance(HOUR_MS - 5);
  await sleeping;
  expect(canAdvance(clock)).toBe(true);
});

test("only real time cannot be moved", () => {
  expect([new SystemClock(), new ManualClock()].map(canAdvance)).toEqual([false, true]);
});

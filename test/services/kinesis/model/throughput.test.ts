import fc from "fast-check";
import { expect, test } from "vitest";
import {
  Allowance,
  ShardThroughput,
} from "../../../../emulator/services/kinesis/model/throughput.ts";

const MIB = 1024 * 1024;
const rate = fc.integer({ min: 1, max: 2_000 });
const steps = fc.array(
  fc.record({
    elapsedMs: fc.integer({ min: 0, max: 700 }),
    amount: fc.integer({ min: 1, max: 900 }),
  }),
  { maxLength: 60 },
);

test("an allowance never gives more than its rate for the time and one second's burst", () => {
  fc.assert(
    fc.property(rate, steps, (perSecond, steps) => {
      const allowance = new Allowance(perSecond, 0);
      let now = 0;
      let given = 0;
      for (const { elapsedMs, amount } of steps) {
        now += elapsedMs;
        if (allowance.has(amount, now)) {
          allowance.take(amount, now);
          given += amount;
        }
        expect(given).toBeLessThanOrEqual((perSecond * now) / 1000 + perSecond + 1e-6);
      }
    }),
  );
});

test("an allowance that was used up gives its rate back, not a record less", () => {
  fc.assert(
    fc.property(rate, fc.integer({ min: 0, max: 999 }), (perSecond, elapsedMs) => {
      const allowance = new Allowance(perSecond, 0);
      allowance.take(perSecond, 0);
      const due = Math.floor((perSecond * elapsedMs) / 1000);
      expect(allowance.has(due, elapsedMs)).toBe(true);
      expect(allowance.has(due + 1, elapsedMs)).toBe(false);
    }),
  );
});

test("a shard's records a second come back one a millisecond", () => {
  for (let elapsedMs = 0; elapsedMs < 1_000; elapsedMs += 1) {
    const allowance = new Allowance(1_000, 0);
    allowance.take(1_000, 0);
    expect(allowance.has(elapsedMs, elapsedMs), `after ${elapsedMs} ms`).toBe(true);
  }
});

test("looking often at an allowance does not wear it down", () => {
  const allowance = new Allowance(1_000, 0);
  allowance.take(1_000, 0);
  for (let now = 0; now <= 500; now += 1) allowance.has(1, now);
  expect(allowance.has(500, 500)).toBe(true);
});

test("what was taken beyond an allowance is owed", () => {
  const allowance = new Allowance(100, 0);
  allowance.take(350, 0);
  expect(allowance.has(1, 2_500)).toBe(false);
  expect(allowance.has(1, 2_510)).toBe(true);
});

test("a clock that stands still or goes back adds nothing", () => {
  const allowance = new Allowance(10, 1_000);
  allowance.take(10, 1_000);
  expect(allowance.has(1, 1_000)).toBe(false);
  expect(allowance.has(1, 0)).toBe(false);
  expect(allowance.has(1, 1_100)).toBe(true);
});

const count = (attempts: number, attempt: () => boolean) =>
  Array.from({ length: attempts }, attempt).filter(Boolean).length;

test("a shard takes 1,000 records a second", () => {
  const shard = new ShardThroughput(0);
  expect(count(1_200, () => shard.write(1, 0))).toBe(1_000);
  expect(count(1_200, () => shard.write(1, 500))).toBe(500);
  expect(count(1_200, () => shard.write(1, 1_500))).toBe(1_000);
  expect(count(1_200, () => shard.write(1, 60_000))).toBe(1_000);
});

test("a shard takes 1 MiB a second", () => {
  const shard = new ShardThroughput(0);
  expect(count(30, () => shard.write(MIB / 10, 0))).toBe(10);
  expect(count(30, () => shard.write(MIB / 10, 1_000))).toBe(10);
});

test("a record that is refused takes nothing", () => {
  const shard = new ShardThroughput(0);
  expect(shard.write(MIB - 100, 0)).toBe(true);
  expect(shard.write(200, 0)).toBe(false);
  expect(shard.write(100, 0)).toBe(true);
});

test("a record above a second's worth passes at a shard at rest, which then repays it", () => {
  const shard = new ShardThroughput(0);
  expect(shard.write(10 * MIB, 0)).toBe(true);
  expect(shard.write(1, 8_999)).toBe(false);
  expect(shard.write(1, 9_001)).toBe(true);
});

test("a shard answers five reads a second", () => {
  const shard = new ShardThroughput(0);
  expect(count(9, () => shard.beginRead(0))).toBe(5);
  expect(shard.beginRead(199)).toBe(false);
  expect(shard.beginRead(200)).toBe(true);
});

test("a read of 10 MiB keeps a shard's readers waiting for five seconds", () => {
  const shard = new ShardThroughput(0);
  expect(shard.beginRead(0)).toBe(true);
  shard.endRead(10 * MIB, 0);
  expect(shard.beginRead(4_900)).toBe(false);
  expect(shard.beginRead(5_001)).toBe(true);
});

test("reads within 2 MiB a second keep nobody waiting", () => {
  const shard = new ShardThroughput(0);
  for (let now = 0; now < 5_000; now += 250) {
    expect(shard.beginRead(now), `at ${now} ms`).toBe(true);
    shard.endRead(MIB / 2, now);
  }
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { Base64 } from "../../../../emulator/core/base64.ts";
import {
  evenRanges,
  type HashKeyRange,
} from "../../../../emulator/services/kinesis/model/hash-key.ts";
import type { StreamRecord } from "../../../../emulator/services/kinesis/model/record.ts";
import {
  normalizeShardId,
  Shard,
  shardId,
} from "../../../../emulator/services/kinesis/model/shard.ts";

const data = new Base64("aGk=");
const everything = evenRanges(1)[0] as HashKeyRange;
const plenty = { maxRecords: 10_000, maxBytes: 10 * 1024 * 1024, now: 0 };

const shardOf = (createdAt = 0) => new Shard({ index: 0, range: everything, createdAt });

function append(shard: Shard, arrivedAt: number, size = 10): StreamRecord {
  return shard.append({ partitionKey: "k", data, size }, arrivedAt);
}

const numbers = (records: readonly StreamRecord[]) =>
  records.map((record) => record.sequenceNumber);

test("a reader who follows the positions gets every retained record once, in order", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("append" as const), size: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ do: fc.constant("read" as const), maxRecords: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ do: fc.constant("trim" as const), keepMs: fc.integer({ min: 0, max: 30 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const shard = shardOf();
      const appended: StreamRecord[] = [];
      const expected: StreamRecord[] = [];
      const read: StreamRecord[] = [];
      let position = shard.horizon;
      let now = 0;
      for (const step of steps) {
        now += 1;
        if (step.do === "append") {
          const record = append(shard, now, step.size);
          appended.push(record);
          expected.push(record);
        } else if (step.do === "read") {
          const batch = shard.read(position, { ...step, maxBytes: 60, now });
          expect(batch.records.length).toBeLessThanOrEqual(step.maxRecords);
          read.push(...batch.records);
          position = batch.next;
        } else {
          shard.trim(now - step.keepMs);
          // What the reader had not reached and retention has taken is lost, and nothing else.
          const seen = new Set(read);
          for (const record of appended) {
            if (record.arrivedAt < now - step.keepMs && !seen.has(record)) {
              const place = expected.indexOf(record);
              if (place >= 0) expected.splice(place, 1);
            }
          }
        }
      }
      for (;;) {
        const batch = shard.read(position, { ...plenty, maxRecords: 7 });
        if (batch.records.length === 0) break;
        read.push(...batch.records);
        position = batch.next;
      }
      expect(numbers(read)).toEqual(numbers(expected));
    }),
  );
});

test("from any position a read goes on with the first record that is still there", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 60 }),
      (count, trimBefore, position) => {
        const shard = shardOf();
        const records = Array.from({ length: count }, (_, at) => append(shard, at));
        shard.trim(trimBefore);
        const from = Math.max(position, Math.min(trimBefore, count));
        const batch = shard.read(position, plenty);
        expect(numbers(batch.records)).toEqual(numbers(records.slice(from)));
        expect(batch.next).toBe(count);
        // Whatever comes next is read from there.
        const later = append(shard, 100);
        expect(shard.read(batch.next, plenty).records).toEqual([later]);
      },
    ),
  );
});

test("a read ends before the bytes that it may return, but has at least one record", () => {
  const shard = shardOf();
  for (const size of [30, 30, 30, 100, 5]) append(shard, 0, size);
  const sizes = (position: number) =>
    shard.read(position, { ...plenty, maxBytes: 70 }).records.map(({ size }) => size);
  expect(sizes(0)).toEqual([30, 30]);
  expect(sizes(2)).toEqual([30]);
  expect(sizes(3)).toEqual([100]);
  expect(sizes(4)).toEqual([5]);
  expect(sizes(5)).toEqual([]);
});

test("a reader at the tip is 0 ms behind, one before it as far as the last record it got", () => {
  const shard = shardOf();
  expect(shard.read(0, { ...plenty, now: 500 }).millisBehindLatest).toBe(0);
  append(shard, 100);
  append(shard, 200);
  expect(shard.read(0, { ...plenty, now: 500 }).millisBehindLatest).toBe(0);
  expect(shard.read(0, { ...plenty, maxRecords: 1, now: 500 }).millisBehindLatest).toBe(400);
  expect(shard.read(2, { ...plenty, now: 500 }).millisBehindLatest).toBe(0);
});

test("positions by time and by number are those of a linear search", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 }),
      fc.integer({ min: -1, max: 22 }),
      fc.nat(),
      fc.integer({ min: 0, max: 22 }),
      (times, at, pick, trimBefore) => {
        const shard = shardOf();
        const records = times.sort((a, b) => a - b).map((time) => append(shard, time));
        shard.trim(trimBefore);
        const trimmed = records.filter(({ arrivedAt }) => arrivedAt < trimBefore).length;
        const or = (place: number) => Math.max(trimmed, place < 0 ? records.length : place);
        expect(shard.positionAtTime(at)).toBe(
          or(records.findIndex(({ arrivedAt }) => arrivedAt >= at)),
        );
        const wanted = records[pick % Math.max(1, records.length)];
        if (!wanted) return;
        const place = records.indexOf(wanted);
        expect(shard.positionOf(wanted.sequenceNumber, "at")).toBe(Math.max(trimmed, place));
        expect(shard.positionOf(wanted.sequenceNumber, "after")).toBe(Math.max(trimmed, place + 1));
      },
    ),
  );
});

test("trimming forgets what arrived before the horizon and keeps what arrived at it", () => {
  const shard = shardOf();
  for (const at of [1, 2, 3]) append(shard, at);
  shard.trim(2);
  expect(shard.read(0, plenty).records.map(({ arrivedAt }) => arrivedAt)).toEqual([2, 3]);
  expect([shard.horizon, shard.tip]).toEqual([1, 3]);
  shard.trim(1);
  expect(shard.horizon).toBe(1);
});

test("a closed shard is drained once its last record has been read", () => {
  const shard = shardOf();
  append(shard, 1);
  append(shard, 2);
  expect(shard.read(2, plenty).isDrained).toBe(false);
  shard.close(3);
  expect(shard.isOpen).toBe(false);
  expect(shard.closedAt).toBe(3);
  expect(shard.endingSequenceNumber).toMatch(/^4\d{55}$/);
  expect(shard.read(0, { ...plenty, maxRecords: 1 }).isDrained).toBe(false);
  expect(shard.read(0, plenty).isDrained).toBe(true);
  expect(shard.read(2, plenty).isDrained).toBe(true);
});

test("who waits for records is told of them, and of the shard's end, until disposed", () => {
  const shard = shardOf();
  let told = 0;
  const waiting = shard.onRecords(() => {
    told += 1;
  });
  shard.announce();
  shard.close(1);
  expect(told).toBe(2);
  waiting[Symbol.dispose]();
  shard.announce();
  expect(told).toBe(2);
});

test("a shard's id is its number in twelve digits, and the bare number means the same", () => {
  expect(shardId(0)).toBe("shardId-000000000000");
  expect(shardId(4_711)).toBe("shardId-000000004711");
  expect(normalizeShardId("0")).toBe("shardId-000000000000");
  expect(normalizeShardId("000000000012")).toBe("shardId-000000000012");
  expect(normalizeShardId("shardId-000000000012")).toBe("shardId-000000000012");
  expect(normalizeShardId("banana")).toBe("banana");
});

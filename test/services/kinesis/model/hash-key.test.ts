import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  evenRanges,
  hashKeyOf,
  hashOf,
  MAX_HASH_KEY,
  toDecimal,
} from "../../../../emulator/services/kinesis/model/hash-key.ts";

const number = fc.bigInt({ min: 0n, max: MAX_HASH_KEY });

test("the ranges of a new stream cover every hash key exactly once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), (count) => {
      const ranges = evenRanges(count).map(({ start, end }) => [
        BigInt(toDecimal(start)),
        BigInt(toDecimal(end)),
      ]) as [bigint, bigint][];
      expect(ranges).toHaveLength(count);
      expect(ranges[0]?.[0]).toBe(0n);
      expect(ranges.at(-1)?.[1]).toBe(2n ** 128n - 1n);
      const gaps = ranges
        .slice(1)
        .filter(([start], index) => start !== (ranges[index]?.[1] ?? 0n) + 1n);
      expect(gaps).toEqual([]);
      expect(ranges.every(([start, end]) => start <= end)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("all ranges are of one width but the last, which takes the remainder", () => {
  const [first, second, third] = evenRanges(3);
  expect([first, second, third].map((range) => toDecimal(range?.start ?? ""))).toEqual([
    "0",
    "113427455640312821154458202477256070485",
    "226854911280625642308916404954512140970",
  ]);
  expect(toDecimal(third?.end ?? "")).toBe("340282366920938463463374607431768211455");
});

test("a hash key keeps its number", () => {
  fc.assert(
    fc.property(number, (value) => {
      expect(toDecimal(hashKeyOf(value))).toBe(String(value));
      expect(toDecimal(hashKeyOf(String(value)))).toBe(String(value));
    }),
  );
});

test("hash keys compare as text as their numbers do", () => {
  fc.assert(
    fc.property(number, number, (a, b) => {
      expect(hashKeyOf(a) < hashKeyOf(b)).toBe(a < b);
    }),
  );
});

test("a partition key falls where the MD5 of its UTF-8 bytes says", () => {
  expect(hashOf("")).toBe("d41d8cd98f00b204e9800998ecf8427e");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (key) => {
      const digest = createHash("md5").update(Buffer.from(key, "utf8")).digest("hex");
      expect(hashOf(key)).toBe(digest);
      expect(hashOf(key)).toHaveLength(32);
    }),
  );
});

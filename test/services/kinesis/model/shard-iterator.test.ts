import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeIterator,
  encodeIterator,
} from "../../../../emulator/services/kinesis/model/shard-iterator.ts";

const iterator = {
  streamArn: "arn:aws:kinesis:us-east-1:000000000000:stream/rides",
  streamCreatedAt: Date.UTC(2026, 0, 1),
  shardIndex: 3,
  position: 17,
  issuedAt: Date.UTC(2026, 0, 2),
};

test("an iterator is read back as it was written", () => {
  const name = fc.string({
    unit: fc.constantFrom(..."azAZ09_.-"),
    minLength: 1,
    maxLength: 128,
  });
  const natural = fc.nat({ max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(name, natural, natural, natural, (name, position, issuedAt, shardIndex) => {
      const place = {
        ...iterator,
        streamArn: `arn:aws:kinesis:ap-southeast-2:000000000000:stream/${name}`,
        position,
        issuedAt,
        shardIndex,
      };
      const text = encodeIterator(place);
      expect(decodeIterator(text)).toEqual(place);
      expect(decodeIterator(`"${text}"`)).toEqual(place);
      // AWS's own bound for a ShardIterator.
      expect(text.length).toBeLessThanOrEqual(512);
      expect(text).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
    }),
  );
});

test("two iterators for one place differ, and mean the same", () => {
  const [first, second] = [encodeIterator(iterator), encodeIterator(iterator)];
  expect(first).not.toBe(second);
  expect(decodeIterator(first)).toEqual(decodeIterator(second));
});

test("text that is no iterator decodes to nothing, whatever it is", () => {
  const encoded = (text: string) => Buffer.from(text).toString("base64");
  for (const text of [
    "",
    '"',
    '""',
    "garbage",
    encoded("garbage"),
    encoded(`\u0000\u0000\u0000\u0001\n${iterator.streamArn}`),
    encoded(`\u0000\u0000\u0000\u0001\n${iterator.streamArn}\n1\n2\nthree\n4\n5`),
    encoded(`\u0000\u0000\u0000\u0001\n${iterator.streamArn}\n1\n2\n-3\n4\n5`),
    encoded(`other\n${iterator.streamArn}\n1\n2\n3\n4\n5`),
    encodeIterator(iterator).slice(0, 40),
    "AAAAAAAAAAHSywljv0zEgPX4NyKdZ5wryMzP9yALs8NeKbUjp1IxtZs1Sp+KEd9I6AJ9ZG4lNR1EMi",
  ]) {
    expect(decodeIterator(text), text).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.base64String(), (text) => {
      expect(decodeIterator(text)).toBeUndefined();
    }),
  );
});

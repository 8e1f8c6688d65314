import fc from "fast-check";
import { expect, test } from "vitest";
import {
  closingSequenceNumber,
  LOWEST,
  parseSequenceNumber,
  SequenceNumbers,
  sequenceNumber,
} from "../../../../emulator/services/kinesis/model/sequence-number.ts";

/** From AWS's launch of Kinesis to the year 2100, in milliseconds. */
const time = fc.integer({ min: Date.UTC(2013, 11), max: Date.UTC(2100, 0) });
const shardIndex = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const counter = fc.bigInt({ min: 0n, max: 2n ** 62n });
const whole = (ms: number) => Math.floor(ms / 1000) * 1000;

test("a number has 56 digits and tells its parts", () => {
  fc.assert(
    fc.property(time, time, shardIndex, counter, (shardCreatedAt, at, shardIndex, counter) => {
      const number = sequenceNumber({ shardCreatedAt, at, shardIndex, counter });
      expect(number).toMatch(/^\d{56}$/);
      expect(parseSequenceNumber(number)).toEqual({
        shardCreatedAt: whole(shardCreatedAt),
        at: whole(at),
        shardIndex,
        counter,
      });
    }),
  );
});

test("a number that AWS itself once gave is read as AWS meant it", () => {
  // https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html: a record of shard 6
  expect(
    parseSequenceNumber("49590338271490256608559692538361571095921575989136588898"),
  ).toMatchObject({ shardIndex: 6, at: Date.UTC(2018, 11, 17, 22, 10, 50) });
});

test("a shard's numbers strictly increase, whatever its clock does", () => {
  fc.assert(
    fc.property(
      time,
      shardIndex,
      fc.array(time, { minLength: 2, maxLength: 50 }),
      (created, index, times) => {
        const numbers = new SequenceNumbers({ shardCreatedAt: created, shardIndex: index });
        const given = times.map((at) => BigInt(numbers.next(at)));
        expect(
          given.every((number, place) => place === 0 || number > (given[place - 1] ?? 0n)),
        ).toBe(true);
      },
    ),
  );
});

test("numbers given in order count up from one and carry their time", () => {
  fc.assert(
    fc.property(
      time,
      shardIndex,
      fc.array(time, { maxLength: 30 }),
      (created, shardIndex, times) => {
        const numbers = new SequenceNumbers({ shardCreatedAt: created, shardIndex });
        times.forEach((at, place) => {
          expect(parseSequenceNumber(numbers.next(at))).toEqual({
            shardCreatedAt: whole(created),
            shardIndex,
            counter: BigInt(place + 1),
            at: whole(at),
          });
        });
      },
    ),
  );
});

test("a shard's first number is below all that it gives, its closing number above", () => {
  fc.assert(
    fc.property(time, time, shardIndex, (shardCreatedAt, at, shardIndex) => {
      const shard = { shardCreatedAt, shardIndex };
      const first = BigInt(sequenceNumber({ ...shard, counter: 0n, at: shardCreatedAt }));
      const given = BigInt(new SequenceNumbers(shard).next(at));
      const closing = BigInt(closingSequenceNumber({ ...shard, at }));
      expect(first < given && given < closing).toBe(true);
      expect(first >= LOWEST).toBe(true);
    }),
  );
});

test("a shard that is created a second or more after another one closed has larger numbers", () => {
  fc.assert(
    fc.property(time, shardIndex, shardIndex, (closedAt, parent, child) => {
      const parentCreatedAt = Date.UTC(2013, 11);
      const createdAt = Math.max(closedAt, parentCreatedAt) + 1_000;
      const last = closingSequenceNumber({
        shardCreatedAt: parentCreatedAt,
        shardIndex: parent,
        at: closedAt,
      });
      const first = sequenceNumber({
        shardCreatedAt: createdAt,
        shardIndex: child,
        counter: 0n,
        at: createdAt,
      });
      expect(BigInt(first) > BigInt(last)).toBe(true);
    }),
  );
});

test("other numbers are none of a shard's", () => {
  for (const text of ["0", "5", "49", String(LOWEST - 1n), String(LOWEST), String(LOWEST * 2n)]) {
    expect(parseSequenceNumber(text), text).toBeUndefined();
  }
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { halfBits, halfValue } from "../../emulator/model-server/half-float.ts";
import { float16Text } from "../../emulator/model-server/number-text.ts";

const isNaNPattern = (bits: number) => (bits & 0x7fff) > 0x7c00;

test("every one of the 65,536 patterns reads and writes as itself, in bits and in digits", () => {
  for (let bits = 0; bits < 65_536; bits += 1) {
    if (isNaNPattern(bits)) continue;
    const value = halfValue(bits);
    if (halfBits(value) !== bits) throw new Error(`${bits} became ${halfBits(value)}`);
    if (halfBits(Number(float16Text(value))) !== bits) throw new Error(`${bits} is ${value}`);
  }
  expect(halfValue(halfBits(Number.NaN))).toBeNaN();
});

test("a number becomes the nearest float, and no other is nearer", () => {
  fc.assert(
    fc.property(fc.double({ min: -65_504, max: 65_504, noNaN: true }), (value) => {
      const bits = halfBits(value);
      const distance = Math.abs(halfValue(bits) - value);
      for (const other of [bits - 1, bits + 1]) {
        if (other < 0 || isNaNPattern(other) || (other & 0x7fff) === 0x7c00) continue;
        expect(Math.abs(halfValue(other) - value)).toBeGreaterThanOrEqual(distance);
      }
    }),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { float32Text, float64Text } from "../../emulator/model-server/number-text.ts";

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });

test("a 32-bit float is written with as many digits as it has", () => {
  expect(float32Text(Math.fround(21.294546127319336))).toBe("21.294546");
  expect(float32Text(Math.fround(0.1))).toBe("0.1");
  expect(float32Text(25)).toBe("25");
  expect(float32Text(Math.fround(1e-8))).toBe("1e-8");
});

test("a written 32-bit float reads back as the same float", () => {
  fc.assert(fc.property(float32, (value) => Math.fround(Number(float32Text(value))) === value));
});

test("rounded to fewer digits, a 32-bit float would read back as another", () => {
  fc.assert(
    fc.property(float32, (value) => {
      const digits = float32Text(value)
        .replace(/e.*$/, "")
        .replace(/[-.]/g, "")
        .replace(/^0+|0+$/g, "");
      if (digits.length < 2) return true;
      return Math.fround(Number(value.toPrecision(digits.length - 1))) !== value;
    }),
  );
});

test("JSON reads back what a 64-bit float was written as", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
      Object.is(JSON.parse(float64Text(value)), value),
    ),
  );
});

test("what JSON has no number for is written as TensorFlow Serving writes it", () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  expect(values.map(float32Text)).toEqual(["NaN", "Infinity", "-Infinity"]);
});

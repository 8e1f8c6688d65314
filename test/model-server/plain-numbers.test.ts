import fc from "fast-check";
import { expect, test } from "vitest";
import { readCsvRequest } from "../../emulator/model-server/csv-request.ts";
import { readPlainNumbers } from "../../emulator/model-server/plain-numbers.ts";
import type { TensorSpec } from "../../emulator/model-server/tensor-spec.ts";

const inputs: TensorSpec[] = [
  { name: "x", type: "float64", shape: ["n", 3] },
  { name: "x", type: "float32", shape: ["n", "m"] },
  { name: "x", type: "float32", shape: [2, 3] },
];

test("whatever is read from bytes is what the reader of CSV reads from text", () => {
  const number = fc.oneof(
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.double({ min: -1000, max: 1000, noNaN: true }).map((value) => value.toFixed(4)),
    fc.constantFrom("-0", ".5", "5.", "-.25", "007", "", " 1", "+1", "NaN", "-", ".", "1.2.3", "x"),
  );
  const row = fc.array(number, { minLength: 2, maxLength: 4 }).map((cells) => cells.join(","));
  const body = fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.tuple(number, number, number).map(String) }, row))
    .chain((rows) => fc.constantFrom("\n", "\r\n").map((end) => rows.join(end)))
    .chain((text) => fc.constantFrom("", "\n", "\r\n", "\n\n", ",", "\r").map((end) => text + end));
  let taken = 0;
  fc.assert(
    fc.property(body, fc.constantFrom(...inputs), (text, spec) => {
      const plain = readPlainNumbers(Buffer.from(text), [spec]);
      if (!plain) return;
      taken += 1;
      const [expected] = readCsvRequest(text, [spec]);
      expect(plain[0]?.dims).toEqual(expected?.dims);
      expect(Array.from(plain[0]?.data ?? [])).toEqual(Array.from(expected?.data ?? []));
    }),
    { numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(0);
});

test.each([
  ["1,2,3\n4,5,6", [1, 2, 3, 4, 5, 6]],
  ["-1.5,0.25,1000000\r\n", [-1.5, 0.25, 1_000_000]],
])("%j is read from its bytes", (text, values) => {
  const [value] = readPlainNumbers(Buffer.from(text), inputs.slice(0, 1)) ?? [];
  expect(Array.from(value?.data ?? [])).toEqual(values);
});

test.each(["", "\n", "1,2", "1,2,3,4", "1,2,3\n\n4,5,6", "1e3,2,3", '"1",2,3', "1,2,", "1;2;3"])(
  "%j is left to the reader of CSV",
  (text) => {
    expect(readPlainNumbers(Buffer.from(text), inputs.slice(0, 1))).toBeUndefined();
  },
);

import fc from "fast-check";
import { expect, test } from "vitest";
import { Base64, decodedLength, isBase64 } from "../../emulator/core/base64.ts";

const blob = fc.uint8Array({ maxLength: 200 });

test("the length of what base64 stands for is known without decoding it", () => {
  fc.assert(
    fc.property(blob, (bytes) => {
      const text = Buffer.from(bytes).toString("base64");
      expect(decodedLength(text)).toBe(bytes.length);
      expect(new Base64(text).byteLength).toBe(bytes.length);
    }),
  );
});

test("bytes become base64 and come back", () => {
  fc.assert(
    fc.property(blob, (bytes) => {
      expect(new Uint8Array(Base64.from(bytes).toBytes())).toEqual(bytes);
    }),
  );
});

test("a view into a larger buffer becomes its own bytes only", () => {
  const whole = Buffer.from("--payload--");
  expect(Base64.from(whole.subarray(2, 9)).text).toBe(Buffer.from("payload").toString("base64"));
  expect(Base64.from(new Uint8Array(whole.buffer, whole.byteOffset + 2, 7)).toBytes()).toEqual(
    Buffer.from("payload"),
  );
});

test("what is base64 already stays as it is", () => {
  const data = new Base64("aGk=");
  expect(Base64.from(data)).toBe(data);
});

test("whatever Node encodes counts as base64", () => {
  fc.assert(
    fc.property(blob, (bytes) => {
      expect(isBase64(Buffer.from(bytes).toString("base64"))).toBe(true);
    }),
  );
});

test("unpadded, URL-safe, broken and overpadded text is not base64", () => {
  for (const text of ["aGk", "aGk_", "aG k", "aGk=\n", "a===", "====", "=", "aG=k", "a", "aB=="]) {
    expect(isBase64(text), text).toBe(false);
  }
  // Ł's low byte is an A.
  for (const text of ["Łłłł", "aGk\u0141", "a-bc", "é+/a"])
    expect(isBase64(text), text).toBe(false);
  for (const text of ["", "aGk=", "aA==", "+/+/"]) expect(isBase64(text), text).toBe(true);
});

test("a member of a megabyte is checked to its end", () => {
  const text = Buffer.alloc(1_048_576, 7).toString("base64");
  expect(isBase64(text)).toBe(true);
  expect(isBase64(`${text.slice(0, -8)}!${text.slice(-7)}`)).toBe(false);
});

test("text counts as base64 when encoding what it decodes to gives the same text", () => {
  const alphabet = fc.constantFrom(..."ABQZagz09+/==", "-", "_", " ", "\n", "Ł", "é");
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 12 }), (text) => {
      const bytes = Buffer.from(text, "base64");
      expect(isBase64(text)).toBe(bytes.toString("base64") === text);
      if (isBase64(text)) expect(decodedLength(text)).toBe(bytes.length);
    }),
  );
});

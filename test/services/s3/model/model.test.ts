import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeAwsChunked } from "../../../../emulator/services/s3/model/aws-chunked.ts";
import { isBucketName } from "../../../../emulator/services/s3/model/bucket.ts";
import { byteRange } from "../../../../emulator/services/s3/model/byte-range.ts";
import { crc32, crc32c, crc64nvme } from "../../../../emulator/services/s3/model/crc.ts";
import { compareKeys, listKeys } from "../../../../emulator/services/s3/model/listing.ts";

test("any way of cutting a body into chunks decodes to the same bytes", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 })), (chunks) => {
      const framed = chunks.flatMap((chunk) => [
        Buffer.from(`${chunk.length.toString(16)}\r\n`),
        chunk,
        Buffer.from("\r\n"),
      ]);
      const end = Buffer.from("0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
      const { body, trailers } = decodeAwsChunked(Buffer.concat([...framed, end]));
      expect(body).toEqual(Buffer.concat(chunks));
      expect(trailers).toEqual({ "x-amz-checksum-crc32": "AAAAAA==" });
    }),
  );
});

test("framing that is cut off anywhere is refused", () => {
  const whole = Buffer.from("5\r\nhello\r\n0\r\n\r\n");
  for (let length = 0; length < "5\r\nhello\r\n0".length; length += 1) {
    expect(() => decodeAwsChunked(whole.subarray(0, length))).toThrow("chunks are malformed");
  }
});

test("checksums have the values that their standards list for 123456789", () => {
  const bytes = Buffer.from("123456789");
  expect(crc32(bytes).toString("hex")).toBe("cbf43926");
  expect(crc32c(bytes).toString("hex")).toBe("e3069283");
  expect(crc64nvme(bytes).toString("hex")).toBe("ae8b14860a799888");
});

test("CRC-64/NVME has the value that S3 gives for an object of one byte", () => {
  expect(crc64nvme(Buffer.from("1")).toString("base64")).toBe("I5Whw0YbvtI=");
});

test("pages of any size list every key and prefix once, in order", () => {
  const keys = fc.uniqueArray(
    fc.string({ unit: fc.constantFrom("a", "b", "/", "é", "😀"), minLength: 1, maxLength: 5 }),
  );
  fc.assert(
    fc.property(
      keys,
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(undefined, "/"),
      (names, maxKeys, delimiter) => {
        const sorted = names.map((key) => ({ key })).sort((a, b) => compareKeys(a.key, b.key));
        const request = { prefix: "", delimiter, maxKeys };
        const whole = listKeys(sorted, { ...request, after: undefined, maxKeys: 1000 });
        const contents: string[] = [];
        const prefixes: string[] = [];
        let after: string | undefined;
        do {
          const page = listKeys(sorted, { ...request, after });
          expect(page.contents.length + page.commonPrefixes.length).toBeLessThanOrEqual(maxKeys);
          contents.push(...page.contents.map(({ key }) => key));
          prefixes.push(...page.commonPrefixes);
          after = page.last;
        } while (after !== undefined);
        expect(contents).toEqual(whole.contents.map(({ key }) => key));
        expect(prefixes).toEqual(whole.commonPrefixes);
      },
    ),
  );
});

test("a range never reaches outside the object", () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(60), fc.nat(60), (size, from, to) => {
      const range = byteRange(`bytes=${from}-${to}`, size);
      if (range === undefined) expect(to).toBeLessThan(from);
      else if (range === "unsatisfiable") expect(from).toBeGreaterThanOrEqual(size);
      else expect([range.from, range.to]).toEqual([from, Math.min(to, size - 1)]);
    }),
  );
});

test.each([
  ["my-bucket.1", true],
  ["ab", false],
  ["Upper", false],
  ["a..b", false],
  ["192.168.0.1", false],
  ["-a-b", false],
  ["a".repeat(64), false],
])("%s as a bucket's name: %s", (name, isValid) => {
  expect(isBucketName(name)).toBe(isValid);
});

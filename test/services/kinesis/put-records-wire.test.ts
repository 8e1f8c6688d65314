import { PutRecords$ } from "@aws-sdk/client-kinesis";
import fc, { type Arbitrary } from "fast-check";
import { expect, test } from "vitest";
import { Base64 } from "../../../emulator/core/base64.ts";
import { AwsError } from "../../../emulator/core/errors.ts";
import { readJson, writeJson } from "../../../emulator/edge/protocols/json.ts";
import { validate } from "../../../emulator/edge/validate.ts";
import { PutRecords } from "../../../emulator/services/kinesis/operations/put-records.ts";
import { putRecordsWire } from "../../../emulator/services/kinesis/put-records-wire.ts";

/** What the hot path makes of a body, with data as base64; `undefined` when it hands the body on. */
function byHotPath(body: Buffer): unknown {
  return comparable(putRecordsWire.decode?.(body));
}

/** What the schema-driven way makes of a body; its error's name when it refuses. */
function bySchema(body: Buffer): unknown {
  try {
    const input = readJson(PutRecords$[4], body) as Record<string, unknown>;
    validate(PutRecords, input);
    return comparable(input);
  } catch (thrown) {
    if (thrown instanceof AwsError) return thrown.code;
    throw thrown;
  }
}

function comparable(value: unknown): unknown {
  if (value instanceof Base64) return value.text;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, comparable(member)]),
  );
}

const data = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString("base64"));
const name = fc.string({ unit: fc.constantFrom(..."azAZ09_.-"), minLength: 1, maxLength: 128 });
const key = fc
  .string({ unit: "binary", minLength: 1, maxLength: 40 })
  .filter((k) => k.length <= 256);
const hashKey = fc.bigInt({ min: 0n, max: 10n ** 39n - 1n }).map(String);
const entry = fc.record(
  { Data: data, PartitionKey: key, ExplicitHashKey: hashKey },
  { requiredKeys: ["Data", "PartitionKey"] },
);
const request = fc.record({
  StreamName: name,
  Records: fc.array(entry, { minLength: 1, maxLength: 12 }),
});

test("a producer's requests are read on the hot path as the schema reads them", () => {
  fc.assert(
    fc.property(request, (input) => {
      const body = Buffer.from(JSON.stringify(input));
      expect(byHotPath(body)).toEqual(comparable(input));
      expect(byHotPath(body)).toEqual(bySchema(body));
    }),
  );
});

test("a request of 500 records of a member each is read on the hot path", () => {
  const Records = Array.from({ length: 500 }, (_, index) => ({
    Data: "",
    PartitionKey: String(index),
  }));
  const body = Buffer.from(JSON.stringify({ StreamName: "rides", Records }));
  expect(byHotPath(body)).toEqual(bySchema(body));
  expect(byHotPath(body)).toBeDefined();
});

/** Members as no well-behaved client sends them, among others that are fine. */
const odd: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, 0, 1.5, true, "", " ", [], {}, [null], "a=b", "aGk", "aB==", "01"),
  fc.constantFrom<unknown>("x".repeat(129), "x".repeat(257), "9".repeat(40), "-1", "é", "\ud800"),
  data,
  name,
  hashKey,
);
const oddEntry = fc.oneof(
  entry,
  odd,
  fc.record(
    { Data: odd, PartitionKey: odd, ExplicitHashKey: odd, Extra: odd },
    { requiredKeys: [] },
  ),
  fc
    .tuple(entry, fc.constantFrom("Data", "PartitionKey", "ExplicitHashKey", "Extra"), odd)
    .map(([sound, member, value]) => ({ ...sound, [member]: value })),
);
const oddRequest = fc.oneof(
  odd,
  fc.record(
    {
      StreamName: fc.oneof(name, odd),
      Records: fc.oneof(fc.array(oddEntry, { maxLength: 3 }), odd),
      StreamARN: fc.oneof(fc.constant("arn:aws:kinesis:us-east-1:000000000000:stream/a"), odd),
      DryRun: fc.oneof(fc.boolean(), odd),
      Extra: odd,
    },
    { requiredKeys: [] },
  ),
  fc.record({ StreamName: name, Records: fc.array(oddEntry, { minLength: 1, maxLength: 3 }) }),
);

test("of anything odd the hot path makes what the schema makes, or leaves it to the schema", () => {
  let taken = 0;
  fc.assert(
    fc.property(oddRequest, (input) => {
      const body = Buffer.from(JSON.stringify(input));
      const read = byHotPath(body);
      if (read === undefined) return;
      taken += 1;
      expect(read).toEqual(bySchema(body));
    }),
    { numRuns: 3_000 },
  );
  // Or the test would have shown nothing.
  expect(taken).toBeGreaterThan(20);
});

test("of a body with a byte changed, dropped or added it makes no more than the schema does", () => {
  const damage = fc.record({
    place: fc.nat(),
    byte: fc.nat({ max: 255 }),
    length: fc.nat({ max: 2 }),
  });
  fc.assert(
    fc.property(request, damage, (input, { place, byte, length }) => {
      const body = Buffer.from(JSON.stringify(input));
      const at = place % body.length;
      const damaged = Buffer.concat([
        body.subarray(0, at),
        Buffer.from([byte]),
        body.subarray(at + length),
      ]);
      const read = byHotPath(damaged);
      if (read !== undefined) expect(read).toEqual(bySchema(damaged));
    }),
    { numRuns: 1_000 },
  );
});

test("requests past a limit are left to the schema, which words the error", () => {
  const record = { Data: "", PartitionKey: "k" };
  const tooLarge = Buffer.alloc(10_485_761).toString("base64");
  for (const input of [
    { StreamName: "rides", Records: [] },
    { StreamName: "rides", Records: Array(501).fill(record) },
    { StreamName: "rides", Records: [{ ...record, PartitionKey: "" }] },
    { StreamName: "rides", Records: [{ ...record, PartitionKey: "k".repeat(257) }] },
    { StreamName: "rides", Records: [{ ...record, Data: tooLarge }] },
    { StreamName: "", Records: [record] },
    { Records: [record] },
  ]) {
    const body = Buffer.from(JSON.stringify(input));
    expect(byHotPath(body) === undefined).toBe(true);
    const nameless = !("StreamName" in input);
    expect(bySchema(body)).toEqual(nameless ? comparable(input) : "ValidationException");
  }
});

test("what the hot path writes is what the schema writes", () => {
  const result = fc.oneof(
    fc.record({ SequenceNumber: hashKey, ShardId: fc.constant("shardId-000000000007") }),
    fc.record({
      ErrorCode: fc.constant("ProvisionedThroughputExceededException"),
      ErrorMessage: fc.string({ unit: "binary" }),
    }),
  );
  const output = fc.record({
    FailedRecordCount: fc.nat({ max: 500 }),
    EncryptionType: fc.constantFrom("NONE" as const, "KMS" as const),
    Records: fc.array(result, { maxLength: 6 }),
  });
  fc.assert(
    fc.property(output, (answer) => {
      const written = JSON.parse(putRecordsWire.encode?.(answer) ?? "");
      expect(written).toEqual(JSON.parse(writeJson(PutRecords$[5], answer)));
    }),
  );
});

import { GetRecords$ } from "@aws-sdk/client-kinesis";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Base64 } from "../../../emulator/core/base64.ts";
import { writeJson } from "../../../emulator/edge/protocols/json.ts";
import { getRecordsWire } from "../../../emulator/services/kinesis/get-records-wire.ts";

const digits = fc.bigInt({ min: 0n, max: 10n ** 56n }).map(String);

const record = fc.record({
  SequenceNumber: digits,
  ApproximateArrivalTimestamp: fc
    .integer({ min: 0, max: Date.UTC(2100, 0) })
    .map((ms) => new Date(ms)),
  Data: fc.uint8Array({ maxLength: 40 }).map((bytes) => Base64.from(bytes)),
  PartitionKey: fc.string({ unit: "binary", minLength: 1 }),
  EncryptionType: fc.constant("NONE" as const),
});

const child = fc.record({
  ShardId: fc.constant("shardId-000000000001"),
  ParentShards: fc.array(fc.constant("shardId-000000000000"), { maxLength: 2 }),
  HashKeyRange: fc.record({ StartingHashKey: digits, EndingHashKey: digits }),
});

const answer = fc.record(
  {
    Records: fc.array(record, { maxLength: 5 }),
    MillisBehindLatest: fc.nat(),
    NextShardIterator: fc.base64String({ minLength: 4 }),
    ChildShards: fc.array(child, { maxLength: 2 }),
  },
  { requiredKeys: ["Records", "MillisBehindLatest"] },
);

test("what the hot path writes is what the schema writes", () => {
  fc.assert(
    fc.property(answer, (output) => {
      const written = JSON.parse(getRecordsWire.encode?.(output) ?? "");
      expect(written).toEqual(JSON.parse(writeJson(GetRecords$[5], output)));
    }),
  );
});

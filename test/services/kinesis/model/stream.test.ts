import fc from "fast-check";
import { expect, test } from "vitest";
import { Base64 } from "../../../../emulator/core/base64.ts";
import {
  type HashKey,
  hashKeyOf,
  hashOf,
  MAX_HASH_KEY,
} from "../../../../emulator/services/kinesis/model/hash-key.ts";
import { Stream } from "../../../../emulator/services/kinesis/model/stream.ts";

const streamOf = (shardCount: number) =>
  new Stream({
    name: "rides",
    scope: { accountId: "000000000000", region: "us-east-1" },
    createdAt: 0,
    shardCount,
    mode: "PROVISIONED",
    maxRecordBytes: 1024 * 1024,
    tags: {},
  });

const at = (stream: Stream, explicitHash: HashKey) =>
  stream.shardFor({ partitionKey: "k", explicitHash });

test("a hash key's shard is the one that a linear search finds", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.array(fc.bigInt({ min: 0n, max: MAX_HASH_KEY }), { maxLength: 20 }),
      (shardCount, keys) => {
        const stream = streamOf(shardCount);
        for (const key of keys.map(hashKeyOf)) {
          const found = stream.shards.filter(({ range }) => range.start <= key && key <= range.end);
          expect(found).toEqual([at(stream, key)]);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test("a record without an explicit hash key goes where its partition key's hash falls", () => {
  const stream = streamOf(7);
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (partitionKey) => {
      expect(stream.shardFor({ partitionKey })).toBe(at(stream, hashOf(partitionKey)));
    }),
  );
});

test("the ends of a shard's range are its own", () => {
  const stream = streamOf(7);
  for (const shard of stream.shards) {
    expect(at(stream, shard.range.start)).toBe(shard);
    expect(at(stream, shard.range.end)).toBe(shard);
  }
});

test("a stream's ARN names its account and region", () => {
  expect(streamOf(1).arn).toBe("arn:aws:kinesis:us-east-1:000000000000:stream/rides");
});

test("a shard is found by its id and by its bare number", () => {
  const stream = streamOf(3);
  expect(stream.shard("shardId-000000000002")).toBe(stream.shards[2]);
  expect(stream.shard("2")).toBe(stream.shards[2]);
  expect(stream.shard("3")).toBeUndefined();
  expect(stream.shard("toString")).toBeUndefined();
});

test("a new stream retains for 24 hours, and forgets what is older", () => {
  const stream = streamOf(1);
  const hour = 3_600_000;
  const record = { partitionKey: "k", data: new Base64(""), size: 1 };
  for (const at of [0, hour, 2 * hour]) stream.shards[0]?.append(record, at);
  expect(stream.retentionHours).toBe(24);
  stream.trim(25 * hour);
  expect(stream.shards[0]?.horizon).toBe(1);
  stream.retain(48, 25 * hour + 1);
  expect(stream.shards[0]?.horizon).toBe(1);
  stream.retain(24, 25 * hour + 1);
  expect(stream.shards[0]?.horizon).toBe(2);
});

import { expect, test } from "vitest";
import {
  evenRanges,
  type HashKeyRange,
} from "../../../../emulator/services/kinesis/model/hash-key.ts";
import { Shard } from "../../../../emulator/services/kinesis/model/shard.ts";
import {
  type ShardFilter,
  selects,
} from "../../../../emulator/services/kinesis/model/shard-filter.ts";

const range = evenRanges(1)[0] as HashKeyRange;

/**
 * A parent that was open from 0 to 100, a child of it from 100 to 200 and a grandchild that is open
 * since, at a time when data before 50 is gone.
 */
const parent = new Shard({ index: 0, range, createdAt: 0 });
const child = new Shard({ index: 1, range, createdAt: 100, parents: [parent.id] });
const grandchild = new Shard({ index: 2, range, createdAt: 200, parents: [child.id] });
parent.close(100);
child.close(200);

const selected = (filter: Omit<ShardFilter, "Type"> & { Type?: string }, horizon = 50) =>
  [parent, child, grandchild]
    .filter((shard) => selects({ ...filter, Type: filter.Type }, shard, { horizon }))
    .map(({ index }) => index);

test("without a filter all shards whose data may still be retained are listed", () => {
  expect(selected({})).toEqual([0, 1, 2]);
  expect(selected({}, 150)).toEqual([1, 2]);
  expect(selected({ Type: "FROM_TRIM_HORIZON" }, 150)).toEqual([1, 2]);
});

test("AT_TRIM_HORIZON lists the shards that were open then", () => {
  expect(selected({ Type: "AT_TRIM_HORIZON" })).toEqual([0]);
  expect(selected({ Type: "AT_TRIM_HORIZON" }, 150)).toEqual([1]);
});

test("AT_TRIM_HORIZON of a stream younger than its retention lists its first shards", () => {
  expect(selected({ Type: "AT_TRIM_HORIZON" }, -1_000)).toEqual([0]);
});

test("AT_LATEST lists the open shards", () => {
  expect(selected({ Type: "AT_LATEST" })).toEqual([2]);
});

test("AT_TIMESTAMP lists the shards that were open at that time", () => {
  expect(selected({ Type: "AT_TIMESTAMP", Timestamp: new Date(99) })).toEqual([0]);
  expect(selected({ Type: "AT_TIMESTAMP", Timestamp: new Date(150) })).toEqual([1]);
  expect(selected({ Type: "AT_TIMESTAMP", Timestamp: new Date(500) })).toEqual([2]);
});

test("FROM_TIMESTAMP lists the shards that were open at that time or later", () => {
  expect(selected({ Type: "FROM_TIMESTAMP", Timestamp: new Date(60) })).toEqual([0, 1, 2]);
  expect(selected({ Type: "FROM_TIMESTAMP", Timestamp: new Date(150) })).toEqual([1, 2]);
  expect(selected({ Type: "FROM_TIMESTAMP", Timestamp: new Date(500) })).toEqual([2]);
});

test("AFTER_SHARD_ID lists the shards after that one, by id or bare number", () => {
  expect(selected({ Type: "AFTER_SHARD_ID", ShardId: parent.id })).toEqual([1, 2]);
  expect(selected({ Type: "AFTER_SHARD_ID", ShardId: "1" })).toEqual([2]);
});

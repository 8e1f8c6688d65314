import {
  GetRecordsCommand,
  ProvisionedThroughputExceededException,
  PutRecordsCommand,
  type PutRecordsRequestEntry,
} from "@aws-sdk/client-kinesis";
import { expect, test } from "vitest";
import { ACCOUNT, type KinesisTank, kinesisTank, textsOf } from "./streams.ts";

const MIB = 1024 * 1024;
const exceeded = (shard: number) =>
  `Rate exceeded for shard shardId-00000000000${shard} in stream rides under account ${ACCOUNT}.`;

const entries = (count: number, more: Partial<PutRecordsRequestEntry> = {}) =>
  Array.from({ length: count }, (_, index) => ({
    Data: Buffer.from(`${index}`),
    PartitionKey: "k",
    ...more,
  }));

const put = ({ kinesis }: KinesisTank, Records: PutRecordsRequestEntry[]) =>
  kinesis.send(new PutRecordsCommand({ StreamName: "rides", Records }));

async function tankOfShards(ShardCount: number, options = {}) {
  const tank = await kinesisTank(options);
  await tank.create("rides", { ShardCount });
  return tank;
}

test("a shard takes 1,000 records a second, and the rest of the call fails record by record", async () => {
  await using tank = await tankOfShards(1);
  await put(tank, entries(500));
  await put(tank, entries(400));
  const answer = await put(tank, entries(150));
  expect(answer.FailedRecordCount).toBe(50);
  expect(answer.Records).toHaveLength(150);
  expect(answer.Records?.slice(0, 100).every(({ SequenceNumber }) => SequenceNumber)).toBe(true);
  expect(answer.Records?.slice(100)).toEqual(
    Array(50).fill({
      ErrorCode: "ProvisionedThroughputExceededException",
      ErrorMessage: exceeded(0),
    }),
  );
  expect(await tank.texts("rides")).toHaveLength(1_000);
});

test("a call of which every record fails is still answered", async () => {
  await using tank = await tankOfShards(1);
  await put(tank, entries(500));
  await put(tank, entries(500));
  expect((await put(tank, entries(3))).FailedRecordCount).toBe(3);
});

test("the records that fail are those of the shard at its limit", async () => {
  await using tank = await tankOfShards(2);
  for (let call = 0; call < 2; call += 1) await put(tank, entries(500, { ExplicitHashKey: "0" }));
  const { Records, FailedRecordCount } = await put(tank, [
    ...entries(1, { ExplicitHashKey: "0" }),
    ...entries(1, { ExplicitHashKey: String(2n ** 127n) }),
  ]);
  expect(FailedRecordCount).toBe(1);
  expect(Records?.[0]?.ErrorMessage).toBe(exceeded(0));
  expect(Records?.[1]?.ShardId).toBe("shardId-000000000001");
});

test("a shard takes again as much as time has passed", async () => {
  await using tank = await tankOfShards(1);
  for (let call = 0; call < 2; call += 1) await put(tank, entries(500));
  await tank.clock.advance(100);
  expect((await put(tank, entries(150))).FailedRecordCount).toBe(50);
  await tank.clock.advance(1_000);
  expect((await put(tank, entries(500))).FailedRecordCount).toBe(0);
});

test("a shard takes 1 MiB a second, keys included", async () => {
  await using tank = await tankOfShards(1);
  const quarter = { Data: Buffer.alloc(MIB / 4 - 1), PartitionKey: "k" };
  expect((await put(tank, Array(5).fill(quarter))).FailedRecordCount).toBe(1);
  await tank.clock.advance(250);
  expect((await put(tank, Array(2).fill(quarter))).FailedRecordCount).toBe(1);
});

test("PutRecord at the limit is refused in AWS's words", async () => {
  await using tank = await tankOfShards(1);
  await tank.put("rides", "", { Data: Buffer.alloc(MIB - 3) });
  const error = await tank.put("rides", "more").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProvisionedThroughputExceededException);
  expect(error).toMatchObject({ message: exceeded(0), $metadata: { httpStatusCode: 400 } });
  await tank.clock.advance(1_000);
  await tank.put("rides", "more");
});

test("a shard answers five reads a second, for all its readers together", async () => {
  await using tank = await tankOfShards(2);
  const iterators = await Promise.all(Array.from({ length: 6 }, () => tank.iterator("rides")));
  for (const iterator of iterators.slice(0, 5)) await tank.get(iterator);
  const error = await tank.get(iterators[5]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProvisionedThroughputExceededException);
  expect(error).toMatchObject({ message: exceeded(0) });
  // The other shard's readers have their own five.
  await tank.get(await tank.iterator("rides", { ShardId: "1" }));
  await tank.clock.advance(200);
  await tank.get(iterators[5]);
});

test("after an answer of 10 MiB a shard's readers wait for five seconds", async () => {
  await using tank = await kinesisTank();
  await tank.create("rides");
  for (let second = 0; second < 10; second += 1) {
    await tank.put("rides", "", { Data: Buffer.alloc(MIB - 3) });
    await tank.clock.advance(1_000);
  }
  const first = await tank.get(await tank.iterator("rides"));
  expect(first.Records).toHaveLength(10);
  await tank.clock.advance(4_900);
  await expect(tank.get(first.NextShardIterator)).rejects.toBeInstanceOf(
    ProvisionedThroughputExceededException,
  );
  await tank.clock.advance(101);
  expect((await tank.get(first.NextShardIterator)).Records).toEqual([]);
});

test("lifted limits let everything through that the sizes allow", async () => {
  await using tank = await tankOfShards(1, { enforceLimits: false });
  for (let call = 0; call < 4; call += 1) {
    expect((await put(tank, entries(500))).FailedRecordCount).toBe(0);
  }
  for (let call = 0; call < 3; call += 1) {
    await tank.put("rides", "", { Data: Buffer.alloc(MIB - 3) });
  }
  const iterator = await tank.iterator("rides");
  const answers = await Promise.all(
    Array.from({ length: 12 }, () =>
      tank.kinesis.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1 })),
    ),
  );
  expect(answers.map(textsOf)).toEqual(Array(12).fill(["0"]));
  await expect(tank.put("rides", "", { Data: Buffer.alloc(MIB) })).rejects.toThrow();
});

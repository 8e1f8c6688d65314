import {
  CreateStreamCommand,
  DeleteStreamCommand,
  ExpiredIteratorException,
  GetRecordsCommand,
  type GetRecordsInput,
  IncreaseStreamRetentionPeriodCommand,
  InvalidArgumentException,
  PutRecordsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ACCOUNT, fault, type KinesisTank, kinesisTank, textsOf } from "./streams.ts";

const HOUR = 3_600_000;

async function refused({ kinesis }: KinesisTank, input: Partial<GetRecordsInput>) {
  const command = new GetRecordsCommand(input as GetRecordsInput);
  const error = await kinesis.send(command).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

async function tankOf(...texts: string[]): Promise<KinesisTank> {
  const tank = await kinesisTank();
  await tank.create("rides");
  for (const text of texts) {
    await tank.put("rides", text);
    await tank.clock.advance(1_000);
  }
  return tank;
}

describe("accepts", () => {
  test("a limit of records", async () => {
    await using tank = await tankOf("a", "b", "c");
    const first = await tank.get(await tank.iterator("rides"), 2);
    expect(textsOf(first)).toEqual(["a", "b"]);
    expect(textsOf(await tank.get(first.NextShardIterator, 2))).toEqual(["c"]);
  });

  test("an iterator in the quotes that the CLI leaves around it", async () => {
    await using tank = await tankOf("a");
    const iterator = await tank.iterator("rides");
    expect(textsOf(await tank.get(`"${iterator}"`))).toEqual(["a"]);
  });

  test("the ARN of the iterator's own stream, and of no other", async () => {
    await using tank = await tankOf("a");
    const ShardIterator = await tank.iterator("rides");
    const arn = (name: string) => `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${name}`;
    const own = new GetRecordsCommand({ ShardIterator, StreamARN: arn("rides") });
    expect(textsOf(await tank.kinesis.send(own))).toEqual(["a"]);
    expect(await refused(tank, { ShardIterator, StreamARN: arn("fares") })).toBeInstanceOf(
      InvalidArgumentException,
    );
  });
});

describe("rejects", () => {
  test("no iterator, and a limit outside 1 to 10,000", async () => {
    await using tank = await tankOf();
    expect((await refused(tank, {})).message).toBe(
      `1 validation error detected: ${fault("null", "shardIterator", "Member must not be null")}`,
    );
    const ShardIterator = await tank.iterator("rides");
    expect((await refused(tank, { ShardIterator, Limit: 0 })).message).toBe(
      `1 validation error detected: ${fault("'0'", "limit", "Member must have value greater than or equal to 1")}`,
    );
    expect((await refused(tank, { ShardIterator, Limit: 10_001 })).message).toBe(
      `1 validation error detected: ${fault("'10001'", "limit", "Member must have value less than or equal to 10000")}`,
    );
  });

  test("text that is no iterator", async () => {
    await using tank = await tankOf();
    const ours = await tank.iterator("rides");
    for (const ShardIterator of [
      "garbage",
      '"',
      `${ours.slice(0, 20)}!`,
      ours.slice(0, -40),
      // Of another emulator, or of AWS.
      "AAAAAAAAAAHSywljv0zEgPX4NyKdZ5wryMzP9yALs8NeKbUjp1IxtZs1Sp+KEd9I6AJ9ZG4lNR1EMi==",
    ]) {
      const error = await refused(tank, { ShardIterator });
      expect(error, ShardIterator).toBeInstanceOf(InvalidArgumentException);
      expect(error.message).toBe("Invalid ShardIterator.");
    }
  });

  test("an iterator older than five minutes, in AWS's words", async () => {
    await using tank = await tankOf();
    const ShardIterator = await tank.iterator("rides");
    await tank.clock.advance(300_000);
    expect((await tank.get(ShardIterator)).Records).toEqual([]);
    await tank.clock.advance(1_000);
    const error = await refused(tank, { ShardIterator });
    expect(error).toBeInstanceOf(ExpiredIteratorException);
    expect(error.message).toBe(
      "Iterator expired. The iterator was created at time Thu Jan 01 00:00:00 UTC 2026 while right now it is Thu Jan 01 00:05:01 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds.",
    );
  });

  test("an iterator whose stream is gone, or another one of its name", async () => {
    await using tank = await tankOf("old");
    const ShardIterator = await tank.iterator("rides");
    await tank.kinesis.send(new DeleteStreamCommand({ StreamName: "rides" }));
    await tank.settle();
    expect(await refused(tank, { ShardIterator })).toBeInstanceOf(ResourceNotFoundException);
    await tank.kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 }));
    await tank.settle();
    await tank.put("rides", "new");
    const error = await refused(tank, { ShardIterator });
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error.message).toBe(`Stream rides under account ${ACCOUNT} not found.`);
  });
});

describe("behaves", () => {
  test("a record comes back with all that AWS tells of it", async () => {
    await using tank = await tankOf();
    const ApproximateArrivalTimestamp = new Date(tank.clock.now());
    const { SequenceNumber } = await tank.put("rides", "tide", { PartitionKey: "Dover" });
    const { Records } = await tank.get(await tank.iterator("rides"));
    expect(Records?.map((record) => ({ ...record, Data: Buffer.from(record.Data ?? []) }))).toEqual(
      [
        {
          SequenceNumber,
          ApproximateArrivalTimestamp,
          Data: Buffer.from("tide"),
          PartitionKey: "Dover",
          EncryptionType: "NONE",
        },
      ],
    );
  });

  test("reading does not take records away", async () => {
    await using tank = await tankOf("a");
    const iterator = await tank.iterator("rides");
    expect(textsOf(await tank.get(iterator))).toEqual(["a"]);
    expect(textsOf(await tank.get(iterator))).toEqual(["a"]);
  });

  test("each answer has an iterator of its own, also when there was nothing to read", async () => {
    await using tank = await tankOf();
    const seen = new Set<string | undefined>();
    let iterator: string | undefined = await tank.iterator("rides");
    for (let index = 0; index < 4; index += 1) {
      seen.add(iterator);
      iterator = (await tank.get(iterator)).NextShardIterator;
    }
    expect(seen.size).toBe(4);
    await tank.put("rides", "at last");
    expect(textsOf(await tank.get(iterator))).toEqual(["at last"]);
  });

  test("an iterator's five minutes begin anew with each answer", async () => {
    await using tank = await tankOf();
    let iterator: string | undefined = await tank.iterator("rides");
    for (let index = 0; index < 3; index += 1) {
      await tank.clock.advance(200_000);
      iterator = (await tank.get(iterator)).NextShardIterator;
    }
    expect(iterator).toBeDefined();
  });

  test("a reader that has caught up is 0 ms behind, others as old as their last record", async () => {
    await using tank = await tankOf("a", "b", "c");
    const first = await tank.get(await tank.iterator("rides"), 1);
    expect(first.MillisBehindLatest).toBe(3_000);
    const second = await tank.get(first.NextShardIterator, 1);
    expect(second.MillisBehindLatest).toBe(2_000);
    const third = await tank.get(second.NextShardIterator, 1);
    expect(third.MillisBehindLatest).toBe(0);
    await tank.clock.advance(60_000);
    expect((await tank.get(third.NextShardIterator)).MillisBehindLatest).toBe(0);
  });

  test("one answer has 10,000 records at most", async () => {
    await using tank = await kinesisTank({ enforceLimits: false });
    await tank.create("rides");
    const Records = Array(500).fill({ Data: Buffer.from("x"), PartitionKey: "k" });
    for (let call = 0; call < 21; call += 1) {
      await tank.kinesis.send(new PutRecordsCommand({ StreamName: "rides", Records }));
    }
    const first = await tank.get(await tank.iterator("rides"));
    expect(first.Records).toHaveLength(10_000);
    expect((await tank.get(first.NextShardIterator)).Records).toHaveLength(500);
  });

  test("one answer has 10 MiB at most", async () => {
    await using tank = await kinesisTank({ enforceLimits: false });
    await tank.create("rides");
    const Records = Array(10).fill({ Data: Buffer.alloc(1024 * 1024 - 1), PartitionKey: "k" });
    for (let call = 0; call < 2; call += 1) {
      await tank.kinesis.send(new PutRecordsCommand({ StreamName: "rides", Records }));
    }
    const first = await tank.get(await tank.iterator("rides"));
    expect(first.Records).toHaveLength(10);
    expect((await tank.get(first.NextShardIterator)).Records).toHaveLength(10);
  });

  test("records are gone once they are older than the retention period", async () => {
    await using tank = await tankOf("old");
    const iterator = await tank.iterator("rides");
    await tank.clock.advance(12 * HOUR);
    await tank.put("rides", "young");
    await tank.clock.advance(12 * HOUR - 1_000);
    expect(await tank.texts("rides")).toEqual(["old", "young"]);
    await tank.clock.advance(1);
    expect(await tank.texts("rides")).toEqual(["young"]);
    expect(await refused(tank, { ShardIterator: iterator })).toBeInstanceOf(
      ExpiredIteratorException,
    );
  });

  test("a longer retention period keeps them longer", async () => {
    await using tank = await tankOf("old");
    const longer = { StreamName: "rides", RetentionPeriodHours: 48 };
    await tank.kinesis.send(new IncreaseStreamRetentionPeriodCommand(longer));
    await tank.clock.advance(47 * HOUR);
    expect(await tank.texts("rides")).toEqual(["old"]);
    await tank.clock.advance(HOUR);
    expect(await tank.texts("rides")).toEqual([]);
  });

  test("a reader whose place retention has passed goes on at the oldest record", async () => {
    await using tank = await tankOf("a");
    await tank.clock.advance(24 * HOUR - 2_000);
    const iterator = await tank.iterator("rides");
    await tank.put("rides", "b");
    await tank.clock.advance(60_000);
    expect(textsOf(await tank.get(iterator))).toEqual(["b"]);
  });
});

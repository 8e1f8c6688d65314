import {
  CreateStreamCommand,
  DeleteStreamCommand,
  type GetShardIteratorInput,
  InvalidArgumentException,
  ListShardsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { sequenceNumber } from "../../../emulator/services/kinesis/model/sequence-number.ts";
import { ACCOUNT, fault, type KinesisTank, kinesisTank } from "./streams.ts";

const CHOICE =
  "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified";

async function refused(tank: KinesisTank, more: Partial<GetShardIteratorInput>) {
  const error = await tank.iterator("rides", more).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

/** A stream with the records "0", "1", "2" and "3", a second apart. */
async function tankOfRecords() {
  const tank = await kinesisTank();
  await tank.create("rides", { ShardCount: 2 });
  const records: { number: string; at: Date }[] = [];
  for (let index = 0; index < 4; index += 1) {
    const { SequenceNumber = "" } = await tank.put("rides", `${index}`, { ExplicitHashKey: "0" });
    records.push({ number: SequenceNumber, at: new Date(tank.clock.now()) });
    await tank.clock.advance(1_000);
  }
  return { tank, records };
}

describe("accepts", () => {
  test("TRIM_HORIZON: the oldest record", async () => {
    const { tank } = await tankOfRecords();
    await using _ = tank;
    expect(await tank.texts("rides")).toEqual(["0", "1", "2", "3"]);
  });

  test("LATEST: what comes after the iterator was made", async () => {
    const { tank } = await tankOfRecords();
    await using _ = tank;
    const iterator = await tank.iterator("rides", { ShardIteratorType: "LATEST" });
    await tank.put("rides", "new", { ExplicitHashKey: "0" });
    expect((await tank.get(iterator)).Records).toHaveLength(1);
  });

  test("AT_SEQUENCE_NUMBER and AFTER_SEQUENCE_NUMBER: from a record, or from the next", async () => {
    const { tank, records } = await tankOfRecords();
    await using _ = tank;
    const from = (ShardIteratorType: "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER", at: number) =>
      tank.texts("rides", { ShardIteratorType, StartingSequenceNumber: records[at]?.number });
    expect(await from("AT_SEQUENCE_NUMBER", 0)).toEqual(["0", "1", "2", "3"]);
    expect(await from("AT_SEQUENCE_NUMBER", 2)).toEqual(["2", "3"]);
    expect(await from("AFTER_SEQUENCE_NUMBER", 2)).toEqual(["3"]);
    expect(await from("AFTER_SEQUENCE_NUMBER", 3)).toEqual([]);
  });

  test("the number at which the shard itself starts", async () => {
    const { tank } = await tankOfRecords();
    await using _ = tank;
    const { Shards } = await tank.kinesis.send(new ListShardsCommand({ StreamName: "rides" }));
    const StartingSequenceNumber = Shards?.[0]?.SequenceNumberRange?.StartingSequenceNumber;
    for (const ShardIteratorType of ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"] as const) {
      expect(await tank.texts("rides", { ShardIteratorType, StartingSequenceNumber })).toEqual([
        "0",
        "1",
        "2",
        "3",
      ]);
    }
  });

  test("AT_TIMESTAMP: the first record at that time or later", async () => {
    const { tank, records } = await tankOfRecords();
    await using _ = tank;
    const from = (ms: number) =>
      tank.texts("rides", {
        ShardIteratorType: "AT_TIMESTAMP",
        Timestamp: new Date((records[0]?.at.getTime() ?? 0) + ms),
      });
    expect(await from(0)).toEqual(["0", "1", "2", "3"]);
    expect(await from(1)).toEqual(["1", "2", "3"]);
    expect(await from(2_000)).toEqual(["2", "3"]);
    expect(await from(4_000)).toEqual([]);
    // Before the horizon it is the horizon.
    expect(await from(-100 * 3_600_000)).toEqual(["0", "1", "2", "3"]);
  });

  test("a timestamp in milliseconds, which Java SDKs send in JSON", async () => {
    const { tank, records } = await tankOfRecords();
    await using _ = tank;
    const { body } = await tank.raw("GetShardIterator", {
      StreamName: "rides",
      ShardId: "0",
      ShardIteratorType: "AT_TIMESTAMP",
      Timestamp: records[2]?.at.getTime(),
    });
    const read = await tank.get(String(body.ShardIterator));
    expect(read.Records).toHaveLength(2);
  });

  test("a shard by its id or its bare number, a stream by its name or its ARN", async () => {
    const { tank } = await tankOfRecords();
    await using _ = tank;
    const StreamARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/rides`;
    for (const more of [
      { ShardId: "shardId-000000000000" },
      { ShardId: "000000000000" },
      { StreamName: undefined, StreamARN },
    ]) {
      expect(await tank.texts("rides", more)).toHaveLength(4);
    }
  });
});

describe("rejects", () => {
  test("no shard, no type, and a type that AWS does not have", async () => {
    await using tank = await kinesisTank();
    const missing = await refused(tank, { ShardId: undefined, ShardIteratorType: undefined });
    expect(missing.message).toBe(
      `2 validation errors detected: ${fault("null", "shardId", "Member must not be null")}; ${fault("null", "shardIteratorType", "Member must not be null")}`,
    );
    expect((await refused(tank, { ShardIteratorType: "NEWEST" as "LATEST" })).message).toContain(
      "Member must satisfy enum value set: [AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, TRIM_HORIZON, LATEST, AT_TIMESTAMP]",
    );
  });

  test("a shard or a stream that is not there", async () => {
    await using tank = await kinesisTank();
    expect(await refused(tank, {})).toBeInstanceOf(ResourceNotFoundException);
    await tank.create("rides");
    const error = await refused(tank, { ShardId: "shardId-000000000007" });
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error.message).toBe(
      `Shard shardId-000000000007 in stream rides under account ${ACCOUNT} does not exist`,
    );
  });

  test("a number where none belongs, and none where one belongs", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    const { SequenceNumber } = await tank.put("rides", "x");
    for (const ShardIteratorType of ["TRIM_HORIZON", "LATEST"] as const) {
      const both = { ShardIteratorType, StartingSequenceNumber: SequenceNumber };
      expect((await refused(tank, both)).message).toBe(
        `${CHOICE} ${ShardIteratorType} and also a StartingSequenceNumber.`,
      );
    }
    for (const ShardIteratorType of ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"] as const) {
      const error = await refused(tank, { ShardIteratorType });
      expect(error).toBeInstanceOf(InvalidArgumentException);
      expect(error.message).toBe(`${CHOICE} ${ShardIteratorType} and no StartingSequenceNumber.`);
    }
  });

  test("a time that is missing or has not come yet", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    const type = { ShardIteratorType: "AT_TIMESTAMP" } as const;
    expect((await refused(tank, type)).message).toBe(
      "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
    );
    const now = tank.clock.now();
    await tank.iterator("rides", { ...type, Timestamp: new Date(now) });
    const error = await refused(tank, { ...type, Timestamp: new Date(now + 1) });
    expect(error).toBeInstanceOf(InvalidArgumentException);
    expect(error.message).toBe(
      `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${now + 1}, currentTimestampInMillis: ${now}`,
    );
  });

  test("a number of another shard", async () => {
    const { tank, records } = await tankOfRecords();
    await using _ = tank;
    const error = await refused(tank, {
      ShardId: "1",
      ShardIteratorType: "AT_SEQUENCE_NUMBER",
      StartingSequenceNumber: records[0]?.number,
    });
    expect(error).toBeInstanceOf(InvalidArgumentException);
    expect(error.message).toBe(
      "Invalid StartingSequenceNumber. It encodes shardId-000000000000, while it was used in a call to a shard with shardId-000000000001",
    );
  });

  test("a number of an earlier stream of the same name, of no stream, and no number", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    const old = (await tank.put("rides", "x")).SequenceNumber ?? "";
    await tank.kinesis.send(new DeleteStreamCommand({ StreamName: "rides" }));
    await tank.clock.advance(2_000);
    await tank.kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 }));
    await tank.settle();
    const at = async (StartingSequenceNumber: string) =>
      (await refused(tank, { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber }))
        .message;
    const used = (number: string) =>
      `StartingSequenceNumber ${number} used in GetShardIterator on shard shardId-000000000000 in stream rides under account ${ACCOUNT} is invalid`;
    expect(await at(old)).toBe(`${used(old)} because it did not come from this stream.`);
    expect(await at("0")).toBe(`${used("0")} because it did not come from this stream.`);
    const nonsense = String(BigInt(old) + 1n);
    expect(await at(nonsense)).toBe(`${used(nonsense)}.`);
    expect(await at("forty")).toContain(
      "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})",
    );
  });
});

describe("behaves", () => {
  test("each iterator differs from the one before", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    const iterators = await Promise.all(Array.from({ length: 10 }, () => tank.iterator("rides")));
    expect(new Set(iterators).size).toBe(10);
  });

  test("a number past the newest record is the place where the next one will be", async () => {
    const { tank } = await tankOfRecords();
    await using _ = tank;
    const { Shards } = await tank.kinesis.send(new ListShardsCommand({ StreamName: "rides" }));
    expect(Shards?.[0]?.SequenceNumberRange?.EndingSequenceNumber).toBeUndefined();
    const iterator = await tank.iterator("rides", {
      ShardIteratorType: "AT_SEQUENCE_NUMBER",
      StartingSequenceNumber: sequenceNumber({
        shardCreatedAt: Date.UTC(2026, 0, 1),
        shardIndex: 0,
        counter: 1_000n,
        at: tank.clock.now(),
      }),
    });
    expect((await tank.get(iterator)).Records).toEqual([]);
  });
});

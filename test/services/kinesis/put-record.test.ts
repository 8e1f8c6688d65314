import {
  CreateStreamCommand,
  InvalidArgumentException,
  ListShardsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { hashOf, toDecimal } from "../../../emulator/services/kinesis/model/hash-key.ts";
import { sequenceNumber } from "../../../emulator/services/kinesis/model/sequence-number.ts";
import { ACCOUNT, fault, type KinesisTank, kinesisTank } from "./streams.ts";

const ARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/rides`;
const MAX_HASH_KEY = 2n ** 128n - 1n;
const MIB = 1024 * 1024;

async function tankOfShards(ShardCount: number): Promise<KinesisTank> {
  const tank = await kinesisTank();
  await tank.create("rides", { ShardCount });
  return tank;
}

async function refused(tank: KinesisTank, more: Parameters<KinesisTank["put"]>[2]) {
  const error = await tank.put("rides", "x", more).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

describe("accepts", () => {
  test("a stream by its ARN", async () => {
    await using tank = await tankOfShards(1);
    await tank.put("rides", "x", { StreamName: undefined, StreamARN: ARN });
    expect(await tank.texts("rides")).toEqual(["x"]);
  });

  test("any bytes, none included", async () => {
    await using tank = await tankOfShards(1);
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await tank.put("rides", "", { Data: bytes });
    await tank.put("rides", "", { Data: Buffer.alloc(0) });
    const { Records } = await tank.get(await tank.iterator("rides"));
    expect(Records?.map(({ Data }) => Buffer.from(Data ?? []))).toEqual([bytes, Buffer.alloc(0)]);
  });

  test("partition keys of 256 characters, of any script", async () => {
    await using tank = await tankOfShards(1);
    for (const PartitionKey of ["k".repeat(256), "潮".repeat(256), '"\\\n\u0000', "🌊"]) {
      await tank.put("rides", "x", { PartitionKey });
      const { Records } = await tank.get(await tank.iterator("rides"));
      expect(Records?.at(-1)?.PartitionKey).toBe(PartitionKey);
      await tank.clock.advance(1_000);
    }
  });

  test("data and key of 1 MiB together", async () => {
    await using tank = await tankOfShards(1);
    await tank.put("rides", "", { Data: Buffer.alloc(MIB - 3) });
  });

  test("records up to the size that the stream was created for", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides", { MaxRecordSizeInKiB: 2_048 });
    await tank.put("rides", "", { Data: Buffer.alloc(2 * MIB - 3) });
    expect((await refused(tank, { Data: Buffer.alloc(2 * MIB - 2) })).name).toBe(
      "ValidationException",
    );
  });

  test("a number of an earlier record to order by, or one from before all records", async () => {
    await using tank = await tankOfShards(1);
    const first = await tank.put("rides", "a");
    const second = await tank.put("rides", "b", {
      SequenceNumberForOrdering: first.SequenceNumber,
    });
    await tank.put("rides", "c", { SequenceNumberForOrdering: "0" });
    expect(BigInt(second.SequenceNumber ?? 0)).toBeGreaterThan(BigInt(first.SequenceNumber ?? 0));
  });
});

describe("rejects", () => {
  test("no data, no key, an empty key, a key of 257 characters", async () => {
    await using tank = await tankOfShards(1);
    const message = async (more: object) => (await refused(tank, more)).message;
    const one = "1 validation error detected: ";
    expect(await message({ Data: undefined })).toBe(
      one + fault("null", "data", "Member must not be null"),
    );
    expect(await message({ PartitionKey: undefined })).toBe(
      one + fault("null", "partitionKey", "Member must not be null"),
    );
    expect(await message({ PartitionKey: "" })).toBe(
      one + fault("''", "partitionKey", "Member must have length greater than or equal to 1"),
    );
    const long = "k".repeat(257);
    expect(await message({ PartitionKey: long })).toBe(
      one + fault(`'${long}'`, "partitionKey", "Member must have length less than or equal to 256"),
    );
  });

  test("a record of more than 1 MiB, its key included", async () => {
    await using tank = await tankOfShards(1);
    const error = await refused(tank, { Data: Buffer.alloc(MIB - 2) });
    expect(error.name).toBe("ValidationException");
    expect(error.message).toContain("Member must have length less than or equal to 1048576");
    expect(await tank.texts("rides")).toEqual([]);
  });

  test("more data than any stream may take", async () => {
    await using tank = await tankOfShards(1);
    const size = 10 * MIB + 1;
    expect((await refused(tank, { Data: Buffer.alloc(size) })).message).toBe(
      `1 validation error detected: ${fault(`'java.nio.HeapByteBuffer[pos=0 lim=${size} cap=${size}]'`, "data", "Member must have length less than or equal to 10485760")}`,
    );
  });

  test("an explicit hash key of 2^128 or more, or one that is no number", async () => {
    await using tank = await tankOfShards(1);
    const error = await refused(tank, { ExplicitHashKey: String(MAX_HASH_KEY + 1n) });
    expect(error).toBeInstanceOf(InvalidArgumentException);
    expect(error.message).toBe(
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${MAX_HASH_KEY + 1n}`,
    );
    for (const ExplicitHashKey of ["-1", "01", "", "0x1", "1e3", "9".repeat(40)]) {
      expect((await refused(tank, { ExplicitHashKey })).message).toContain(
        "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})",
      );
    }
  });

  test("a number to order by that the stream cannot have given yet", async () => {
    await using tank = await tankOfShards(1);
    const parts = { shardCreatedAt: tank.clock.now(), shardIndex: 0, counter: 1n };
    const future = sequenceNumber({ ...parts, at: tank.clock.now() + 60_000 });
    const foreign = sequenceNumber({ ...parts, shardIndex: 5, at: tank.clock.now() });
    for (const SequenceNumberForOrdering of [future, foreign, "9".repeat(56)]) {
      const error = await refused(tank, { SequenceNumberForOrdering });
      expect(error).toBeInstanceOf(InvalidArgumentException);
      expect(error.message).toBe(
        `ExclusiveMinimumSequenceNumber ${SequenceNumberForOrdering} used in PutRecord on stream rides under account ${ACCOUNT} is invalid.`,
      );
    }
  });

  test("a stream that is not there, or not there yet", async () => {
    await using tank = await kinesisTank();
    const message = `Stream rides under account ${ACCOUNT} not found.`;
    expect((await refused(tank, {})).message).toBe(message);
    await tank.kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 }));
    const error = await refused(tank, {});
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error.message).toBe(message);
  });

  test("a DryRun, which is not emulated, by its name", async () => {
    await using tank = await tankOfShards(1);
    expect((await refused(tank, { DryRun: true })).message).toBe(
      "DryRun is not emulated by Wavetank yet.",
    );
    await tank.put("rides", "x", { DryRun: false });
    expect(await tank.texts("rides")).toEqual(["x"]);
  });
});

describe("behaves", () => {
  test("the answer tells where the record went", async () => {
    await using tank = await tankOfShards(1);
    const { $metadata, ...answer } = (await tank.put("rides", "x")) as never as {
      $metadata: { requestId?: string };
    };
    expect(answer).toEqual({
      ShardId: "shardId-000000000000",
      SequenceNumber: expect.stringMatching(/^49\d{54}$/),
      EncryptionType: "NONE",
    });
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a record's shard is the one whose range has the MD5 of its key", async () => {
    await using tank = await tankOfShards(4);
    const { Shards } = await tank.kinesis.send(new ListShardsCommand({ StreamName: "rides" }));
    for (const PartitionKey of ["a", "b", "vendor-1", "潮", ""].filter(Boolean)) {
      const hash = BigInt(toDecimal(hashOf(PartitionKey)));
      const expected = Shards?.find(
        ({ HashKeyRange: range }) =>
          BigInt(range?.StartingHashKey ?? 0) <= hash && hash <= BigInt(range?.EndingHashKey ?? 0),
      );
      const { ShardId } = await tank.put("rides", "x", { PartitionKey });
      expect(ShardId).toBe(expected?.ShardId);
    }
  });

  test("an explicit hash key wins over the partition key", async () => {
    await using tank = await tankOfShards(2);
    const at = async (key: bigint) =>
      (await tank.put("rides", "x", { ExplicitHashKey: String(key) })).ShardId;
    expect(await at(0n)).toBe("shardId-000000000000");
    expect(await at(2n ** 127n - 1n)).toBe("shardId-000000000000");
    expect(await at(2n ** 127n)).toBe("shardId-000000000001");
    expect(await at(MAX_HASH_KEY)).toBe("shardId-000000000001");
  });

  test("sequence numbers rise with each record of a shard", async () => {
    await using tank = await tankOfShards(1);
    let last = 0n;
    for (let index = 0; index < 20; index += 1) {
      const number = BigInt((await tank.put("rides", `${index}`)).SequenceNumber ?? 0);
      expect(number).toBeGreaterThan(last);
      last = number;
      if (index % 5 === 0) await tank.clock.advance(700);
    }
  });
});

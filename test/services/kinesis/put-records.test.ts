import {
  InvalidArgumentException,
  PutRecordsCommand,
  type PutRecordsInput,
  type PutRecordsRequestEntry,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ACCOUNT, fault, type KinesisTank, kinesisTank, textsOf } from "./streams.ts";

const MIB = 1024 * 1024;

const record = (text: string, more: Partial<PutRecordsRequestEntry> = {}) => ({
  Data: Buffer.from(text),
  PartitionKey: "key",
  ...more,
});

const put = (
  { kinesis }: KinesisTank,
  Records: PutRecordsRequestEntry[],
  more: Partial<PutRecordsInput> = {},
) => kinesis.send(new PutRecordsCommand({ StreamName: "rides", Records, ...more }));

async function refused(tank: KinesisTank, ...request: [PutRecordsRequestEntry[], object?]) {
  const error = await put(tank, ...request).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

async function tankOfShards(ShardCount: number, options = {}): Promise<KinesisTank> {
  const tank = await kinesisTank(options);
  await tank.create("rides", { ShardCount });
  return tank;
}

describe("accepts", () => {
  test("500 records", async () => {
    await using tank = await tankOfShards(1);
    const answer = await put(
      tank,
      Array.from({ length: 500 }, (_, index) => record(`${index}`)),
    );
    expect(answer).toMatchObject({ FailedRecordCount: 0, EncryptionType: "NONE" });
    expect(answer.Records).toHaveLength(500);
  });

  test("10 MiB in all, keys included", async () => {
    await using tank = await tankOfShards(1, { enforceLimits: false });
    const megabyte = record("", { Data: Buffer.alloc(MIB - 3) });
    expect((await put(tank, Array(10).fill(megabyte))).FailedRecordCount).toBe(0);
  });

  test("a stream by its ARN", async () => {
    await using tank = await tankOfShards(1);
    const StreamARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/rides`;
    await put(tank, [record("x")], { StreamName: undefined, StreamARN });
    expect(await tank.texts("rides")).toEqual(["x"]);
  });
});

describe("rejects", () => {
  test("no records, an empty list, more than 500", async () => {
    await using tank = await tankOfShards(1);
    expect((await refused(tank, undefined as never)).message).toBe(
      `1 validation error detected: ${fault("null", "records", "Member must not be null")}`,
    );
    expect((await refused(tank, [])).message).toBe(
      `1 validation error detected: ${fault("'[]'", "records", "Member must have length greater than or equal to 1")}`,
    );
    const many = await refused(tank, Array(501).fill(record("x")));
    expect(many.name).toBe("ValidationException");
    expect(many.message).toMatch(
      /^1 validation error detected: Value '.*' at 'records' failed to satisfy constraint: Member must have length less than or equal to 500$/,
    );
    expect(many.message.length).toBeLessThan(2_000);
  });

  test("the whole call for one bad record, and keeps none of it", async () => {
    await using tank = await tankOfShards(1);
    const good = record("good");
    for (const [bad, message] of [
      [record("x", { PartitionKey: "" }), "'records.2.member.partitionKey'"],
      [record("x", { PartitionKey: undefined }), "Value null at 'records.2.member.partitionKey'"],
      [record("x", { ExplicitHashKey: "-1" }), "'records.2.member.explicitHashKey'"],
      [record("x", { ExplicitHashKey: String(2n ** 128n) }), "Invalid ExplicitHashKey."],
      [record("x", { Data: undefined }), "Value null at 'records.2.member.data'"],
      [record("", { Data: Buffer.alloc(MIB - 2) }), "less than or equal to 1048576"],
    ] as [PutRecordsRequestEntry, string][]) {
      expect((await refused(tank, [good, bad, good])).message).toContain(message);
    }
    expect(await tank.texts("rides")).toEqual([]);
  });

  test("more than ten faults, of which it tells ten", async () => {
    await using tank = await tankOfShards(1);
    const bad = Array(30).fill(record("x", { PartitionKey: "" }));
    const { message } = await refused(tank, bad);
    expect(message).toMatch(/^10 validation errors detected: /);
    expect(message.split("; ")).toHaveLength(10);
  });

  test("more than 10 MiB in all", async () => {
    await using tank = await tankOfShards(1, { enforceLimits: false });
    const megabyte = record("", { Data: Buffer.alloc(MIB - 3) });
    const error = await refused(tank, [...Array(10).fill(megabyte), record("")]);
    expect(error).toBeInstanceOf(InvalidArgumentException);
    expect(error.message).toBe("Records size exceeds 10 MB limit");
    expect(await tank.texts("rides")).toEqual([]);
  });

  test("a stream that is not there, and one that nobody named", async () => {
    await using tank = await kinesisTank();
    const missing = await refused(tank, [record("x")]);
    expect(missing).toBeInstanceOf(ResourceNotFoundException);
    expect(missing.message).toBe(`Stream rides under account ${ACCOUNT} not found.`);
    const nameless = await refused(tank, [record("x")], { StreamName: undefined });
    expect(nameless).toBeInstanceOf(InvalidArgumentException);
  });

  test("a DryRun, which is not emulated, by its name", async () => {
    await using tank = await tankOfShards(1);
    expect((await refused(tank, [record("x")], { DryRun: true })).message).toContain("DryRun");
    expect(await tank.texts("rides")).toEqual([]);
  });
});

describe("behaves", () => {
  test("there is a result for each record, in the order of the request", async () => {
    await using tank = await tankOfShards(2);
    const keys = [0n, 2n ** 127n, 1n, 2n ** 128n - 1n];
    const { Records } = await put(
      tank,
      keys.map((key) => record(`${key}`, { ExplicitHashKey: String(key) })),
    );
    expect(Records).toEqual(
      [0, 1, 0, 1].map((shard) => ({
        ShardId: `shardId-00000000000${shard}`,
        SequenceNumber: expect.stringMatching(/^\d{56}$/),
      })),
    );
    for (const shard of [0, 1]) {
      const read = await tank.get(await tank.iterator("rides", { ShardId: String(shard) }));
      expect(textsOf(read)).toEqual(keys.filter((_, at) => at % 2 === shard).map(String));
      expect(read.Records?.map(({ SequenceNumber }) => SequenceNumber)).toEqual(
        Records?.filter((_, at) => at % 2 === shard).map(({ SequenceNumber }) => SequenceNumber),
      );
    }
  });

  test("records of one shard keep their order", async () => {
    await using tank = await tankOfShards(1);
    const texts = Array.from({ length: 200 }, (_, index) => `${index}`);
    await put(
      tank,
      texts.map((text) => record(text)),
    );
    expect(await tank.texts("rides")).toEqual(texts);
  });

  test("records sent through the schema's reader and through the fast one are kept alike", async () => {
    await using tank = await tankOfShards(1);
    const Records = [{ Data: Buffer.from("é\u0000").toString("base64"), PartitionKey: "潮" }];
    expect((await tank.raw("PutRecords", { StreamName: "rides", Records })).status).toBe(200);
    // A member that the fast reader does not know leaves the body to the schema.
    const odd = { StreamName: "rides", Records, DryRun: false };
    expect((await tank.raw("PutRecords", odd)).status).toBe(200);
    const read = await tank.get(await tank.iterator("rides"));
    expect(read.Records).toHaveLength(2);
    const [fast, slow] = (read.Records ?? []).map(({ SequenceNumber, ...rest }) => rest);
    expect(fast).toEqual(slow);
  });
});

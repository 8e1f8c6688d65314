import {
  CreateStreamCommand,
  type CreateStreamInput,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  LimitExceededException,
  ListStreamsCommand,
  ResourceInUseException,
} from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ACCOUNT, fault, type KinesisTank, kinesisTank } from "./streams.ts";

async function summary({ kinesis }: KinesisTank, StreamName: string) {
  const answer = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
  return answer.StreamDescriptionSummary;
}

async function refused({ kinesis }: KinesisTank, input: Partial<CreateStreamInput>) {
  const command = new CreateStreamCommand(input as CreateStreamInput);
  const error = await kinesis.send(command).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

describe("accepts", () => {
  test("a name and a count of shards", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides", { ShardCount: 3 });
    expect(await summary(tank, "rides")).toMatchObject({
      OpenShardCount: 3,
      StreamModeDetails: { StreamMode: "PROVISIONED" },
    });
  });

  test("a name alone, which makes an on-demand stream of four shards", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides", { ShardCount: undefined });
    expect(await summary(tank, "rides")).toMatchObject({
      OpenShardCount: 4,
      StreamModeDetails: { StreamMode: "ON_DEMAND" },
    });
  });

  test("the mode by name", async () => {
    await using tank = await kinesisTank();
    await tank.create("a", { StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    await tank.create("b", { StreamModeDetails: { StreamMode: "PROVISIONED" } });
    expect((await summary(tank, "a"))?.OpenShardCount).toBe(4);
    expect((await summary(tank, "b"))?.OpenShardCount).toBe(1);
  });

  test("a larger record size", async () => {
    await using tank = await kinesisTank();
    await tank.create("small");
    await tank.create("large", { MaxRecordSizeInKiB: 10_240 });
    expect((await summary(tank, "small"))?.MaxRecordSizeInKiB).toBe(1_024);
    expect((await summary(tank, "large"))?.MaxRecordSizeInKiB).toBe(10_240);
  });

  test("tags, which change nothing", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides", { Tags: { team: "tides" } });
    expect(await tank.status("rides")).toBe("ACTIVE");
  });

  test("names of every legal character, up to 128 of them", async () => {
    await using tank = await kinesisTank();
    for (const name of ["a", "A.b_c-9", "x".repeat(128)]) {
      await tank.create(name);
      expect(await tank.status(name)).toBe("ACTIVE");
    }
  });

  test("a count with a fraction, which it cuts off as AWS does", async () => {
    await using tank = await kinesisTank();
    expect(await tank.raw("CreateStream", { StreamName: "rides", ShardCount: 2.5 })).toEqual({
      status: 200,
      body: {},
    });
    expect((await summary(tank, "rides"))?.OpenShardCount).toBe(2);
  });
});

describe("rejects", () => {
  test("no name, an empty one, one too long, one of illegal characters", async () => {
    await using tank = await kinesisTank();
    const message = async (StreamName?: string) =>
      (await refused(tank, { StreamName, ShardCount: 1 })).message;
    const pattern = "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
    expect(await message()).toBe(
      `1 validation error detected: ${fault("null", "streamName", "Member must not be null")}`,
    );
    expect(await message("")).toBe(
      `2 validation errors detected: ${fault("''", "streamName", pattern)}; ${fault("''", "streamName", "Member must have length greater than or equal to 1")}`,
    );
    const long = "x".repeat(129);
    expect(await message(long)).toBe(
      `1 validation error detected: ${fault(`'${long}'`, "streamName", "Member must have length less than or equal to 128")}`,
    );
    expect(await message("my stream")).toBe(
      `1 validation error detected: ${fault("'my stream'", "streamName", pattern)}`,
    );
  });

  test("a count of shards below one", async () => {
    await using tank = await kinesisTank();
    expect((await refused(tank, { StreamName: "rides", ShardCount: 0 })).message).toBe(
      `1 validation error detected: ${fault("'0'", "shardCount", "Member must have value greater than or equal to 1")}`,
    );
  });

  test("a mode that AWS does not have", async () => {
    await using tank = await kinesisTank();
    const StreamModeDetails = { StreamMode: "TIDAL" as "ON_DEMAND" };
    expect((await refused(tank, { StreamName: "rides", StreamModeDetails })).message).toBe(
      `1 validation error detected: ${fault("'TIDAL'", "streamModeDetails.streamMode", "Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]")}`,
    );
  });

  test("a count of shards for an on-demand stream", async () => {
    await using tank = await kinesisTank();
    const StreamModeDetails = { StreamMode: "ON_DEMAND" as const };
    const error = await refused(tank, { StreamName: "rides", ShardCount: 2, StreamModeDetails });
    expect(error.name).toBe("ValidationException");
    expect(error.message).toContain("ShardCount");
  });

  test("a record size outside 1 to 10 MiB", async () => {
    await using tank = await kinesisTank();
    for (const MaxRecordSizeInKiB of [1_023, 10_241]) {
      const error = await refused(tank, { StreamName: "rides", ShardCount: 1, MaxRecordSizeInKiB });
      expect(error.message).toContain("'maxRecordSizeInKiB'");
    }
  });

  test("more than 200 tags", async () => {
    await using tank = await kinesisTank();
    const Tags = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`k${n}`, "v"]));
    const error = await refused(tank, { StreamName: "rides", ShardCount: 1, Tags });
    expect(error.message).toContain("Member must have length less than or equal to 200");
  });

  test("a name that is taken, also while its stream is still being created", async () => {
    await using tank = await kinesisTank();
    const input = { StreamName: "rides", ShardCount: 1 };
    await tank.kinesis.send(new CreateStreamCommand(input));
    const error = await refused(tank, input);
    expect(error).toBeInstanceOf(ResourceInUseException);
    expect(error.message).toBe(`Stream rides under account ${ACCOUNT} already exists.`);
    await tank.settle();
    expect(await refused(tank, input)).toBeInstanceOf(ResourceInUseException);
  });

  test("more shards than the account may have", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides", { ShardCount: 3 });
    const error = await refused(tank, { StreamName: "more", ShardCount: 19_998 });
    expect(error).toBeInstanceOf(LimitExceededException);
    expect(error.message).toContain("Limit: 20000");
  });

  test("a parameter that is not emulated, by its name", async () => {
    await using tank = await kinesisTank();
    const warm = { StreamName: "rides", ShardCount: 1, WarmThroughputMiBps: 100 };
    expect((await refused(tank, warm)).message).toBe(
      "WarmThroughputMiBps is not emulated by Wavetank yet.",
    );
    expect((await tank.kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
  });
});

describe("behaves", () => {
  test("a new stream is CREATING for a moment, without shards, then ACTIVE", async () => {
    await using tank = await kinesisTank();
    const { kinesis } = tank;
    const described = async () =>
      (await kinesis.send(new DescribeStreamCommand({ StreamName: "rides" }))).StreamDescription;
    await kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 2 }));
    expect(await described()).toMatchObject({ StreamStatus: "CREATING", Shards: [] });
    await tank.settle();
    expect(await described()).toMatchObject({ StreamStatus: "ACTIVE" });
    expect((await described())?.Shards).toHaveLength(2);
  });

  test("a stream remembers when it was created", async () => {
    await using tank = await kinesisTank();
    const before = tank.clock.now();
    await tank.create("rides");
    await tank.clock.advance(60_000);
    expect((await summary(tank, "rides"))?.StreamCreationTimestamp).toEqual(new Date(before));
  });
});

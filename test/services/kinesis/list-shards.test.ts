import {
  ExpiredNextTokenException,
  InvalidArgumentException,
  ListShardsCommand,
  type ListShardsInput,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ACCOUNT, fault, type KinesisTank, kinesisTank } from "./streams.ts";

const list = ({ kinesis }: KinesisTank, input: ListShardsInput = { StreamName: "rides" }) =>
  kinesis.send(new ListShardsCommand(input));

const ids = async (listed: ReturnType<typeof list>) =>
  (await listed).Shards?.map(({ ShardId }) => Number(ShardId?.replace("shardId-", "")));

async function refused(tank: KinesisTank, input: ListShardsInput) {
  const error = await list(tank, input).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

async function tankOfShards(ShardCount: number) {
  const tank = await kinesisTank();
  await tank.create("rides", { ShardCount });
  return tank;
}

describe("accepts", () => {
  test("a stream by its ARN", async () => {
    await using tank = await tankOfShards(2);
    const StreamARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/rides`;
    expect(await ids(list(tank, { StreamARN }))).toEqual([0, 1]);
  });

  test("a shard to begin after, by its id or its bare number", async () => {
    await using tank = await tankOfShards(4);
    for (const ExclusiveStartShardId of ["shardId-000000000001", "1"]) {
      expect(await ids(list(tank, { StreamName: "rides", ExclusiveStartShardId }))).toEqual([2, 3]);
    }
  });

  test("every kind of filter", async () => {
    await using tank = await tankOfShards(3);
    const Timestamp = new Date(tank.clock.now());
    for (const ShardFilter of [
      { Type: "AT_TRIM_HORIZON" },
      { Type: "FROM_TRIM_HORIZON" },
      { Type: "AT_LATEST" },
      { Type: "AT_TIMESTAMP", Timestamp },
      { Type: "FROM_TIMESTAMP", Timestamp },
    ] as const) {
      expect(await ids(list(tank, { StreamName: "rides", ShardFilter }))).toEqual([0, 1, 2]);
    }
    const ShardFilter = { Type: "AFTER_SHARD_ID", ShardId: "shardId-000000000000" } as const;
    expect(await ids(list(tank, { StreamName: "rides", ShardFilter }))).toEqual([1, 2]);
  });

  test("the time at which the stream was created, to tell it from one of the same name", async () => {
    await using tank = await kinesisTank();
    const StreamCreationTimestamp = new Date(tank.clock.now());
    await tank.create("rides");
    expect(await ids(list(tank, { StreamName: "rides", StreamCreationTimestamp }))).toEqual([0]);
    const another = new Date(tank.clock.now() - 3_600_000);
    expect(
      await refused(tank, { StreamName: "rides", StreamCreationTimestamp: another }),
    ).toBeInstanceOf(ResourceNotFoundException);
  });
});

describe("rejects", () => {
  test("neither a stream nor a token", async () => {
    await using tank = await kinesisTank();
    const error = await refused(tank, {});
    expect(error).toBeInstanceOf(InvalidArgumentException);
    expect(error.message).toBe("Either NextToken or StreamName should be provided.");
  });

  test("a token together with what it stands for", async () => {
    await using tank = await tankOfShards(2);
    const { NextToken } = await list(tank, { StreamName: "rides", MaxResults: 1 });
    const together = async (more: ListShardsInput) =>
      (await refused(tank, { NextToken, ...more })).message;
    expect(await together({ StreamName: "rides" })).toBe(
      "NextToken and StreamName cannot be provided together.",
    );
    expect(await together({ ShardFilter: { Type: "AT_LATEST" } })).toBe(
      "NextToken and ShardFilter cannot be provided together.",
    );
    expect(await together({ ExclusiveStartShardId: "0" })).toBe(
      "NextToken and ExclusiveStartShardId cannot be provided together.",
    );
    expect(await together({ StreamCreationTimestamp: new Date() })).toBe(
      "NextToken and StreamCreationTimestamp cannot be provided together.",
    );
  });

  test("a token that is none of its own", async () => {
    await using tank = await tankOfShards(1);
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const NextToken of [
      "garbage",
      forged(null),
      forged({}),
      forged({ arn: "rides", after: "0" }),
    ]) {
      expect(await refused(tank, { NextToken })).toBeInstanceOf(InvalidArgumentException);
    }
  });

  test("a token that is more than five minutes old", async () => {
    await using tank = await tankOfShards(2);
    const { NextToken } = await list(tank, { StreamName: "rides", MaxResults: 1 });
    await tank.clock.advance(300_000);
    expect(await ids(list(tank, { NextToken }))).toEqual([1]);
    await tank.clock.advance(1);
    expect(await refused(tank, { NextToken })).toBeInstanceOf(ExpiredNextTokenException);
  });

  test("a stream that is not there", async () => {
    await using tank = await kinesisTank();
    const error = await refused(tank, { StreamName: "rides" });
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error.message).toBe(`Stream rides under account ${ACCOUNT} not found.`);
  });

  test("a filter without the member that its type needs, or of no type that AWS has", async () => {
    await using tank = await tankOfShards(1);
    const filtered = (ShardFilter: object) =>
      refused(tank, { StreamName: "rides", ShardFilter: ShardFilter as never });
    for (const Type of ["AT_TIMESTAMP", "FROM_TIMESTAMP", "AFTER_SHARD_ID"]) {
      expect(await filtered({ Type }), Type).toBeInstanceOf(InvalidArgumentException);
    }
    expect((await filtered({ Type: "LATEST" })).message).toContain(
      "Member must satisfy enum value set: [AFTER_SHARD_ID, AT_TRIM_HORIZON, FROM_TRIM_HORIZON, AT_LATEST, AT_TIMESTAMP, FROM_TIMESTAMP]",
    );
    expect((await filtered({})).message).toContain(
      fault("null", "shardFilter.type", "Member must not be null"),
    );
  });
});

describe("behaves", () => {
  test("a shard is listed as DescribeStream describes it", async () => {
    await using tank = await tankOfShards(1);
    expect((await list(tank)).Shards).toEqual([
      {
        ShardId: "shardId-000000000000",
        HashKeyRange: {
          StartingHashKey: "0",
          EndingHashKey: "340282366920938463463374607431768211455",
        },
        SequenceNumberRange: { StartingSequenceNumber: expect.stringMatching(/^\d{56}$/) },
      },
    ]);
  });

  test("pages follow one another by token, under the filter of the first", async () => {
    await using tank = await tankOfShards(7);
    for (const ShardFilter of [
      undefined,
      { Type: "AT_TIMESTAMP" as const, Timestamp: new Date(tank.clock.now()) },
      { Type: "AFTER_SHARD_ID" as const, ShardId: "2" },
    ]) {
      const seen: (number | undefined)[] = [];
      let input: ListShardsInput = { StreamName: "rides", ShardFilter, MaxResults: 3 };
      for (;;) {
        const listed = list(tank, input);
        seen.push(...((await ids(listed)) ?? []));
        const { NextToken } = await listed;
        if (!NextToken) break;
        input = { NextToken, MaxResults: 3 };
      }
      expect(seen).toEqual(ShardFilter?.ShardId ? [3, 4, 5, 6] : [0, 1, 2, 3, 4, 5, 6]);
    }
  });

  test("a page has 1,000 shards at most", async () => {
    await using tank = await tankOfShards(1_001);
    const first = await list(tank, { StreamName: "rides", MaxResults: 10_000 });
    expect(first.Shards).toHaveLength(1_000);
    const second = await list(tank, { NextToken: first.NextToken });
    expect(second.Shards).toHaveLength(1);
    expect(second.NextToken).toBeUndefined();
  });
});

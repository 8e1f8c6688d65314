import { DescribeStreamCommand, ResourceNotFoundException } from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ACCOUNT, fault, type KinesisTank, kinesisTank } from "./streams.ts";

const ARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/rides`;

async function described({ kinesis }: KinesisTank, more: object = {}) {
  const answer = await kinesis.send(new DescribeStreamCommand({ StreamName: "rides", ...more }));
  return answer.StreamDescription;
}

const ids = (description: Awaited<ReturnType<typeof described>>) =>
  description?.Shards?.map(({ ShardId }) => ShardId);

describe("accepts", () => {
  test("a stream by its ARN, alone or together with its name", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    expect((await described(tank, { StreamName: undefined, StreamARN: ARN }))?.StreamName).toBe(
      "rides",
    );
    expect((await described(tank, { StreamARN: ARN }))?.StreamARN).toBe(ARN);
  });

  test("a shard to begin after, by its id or its bare number", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides", { ShardCount: 3 });
    const rest = ["shardId-000000000001", "shardId-000000000002"];
    for (const ExclusiveStartShardId of ["shardId-000000000000", "0"]) {
      expect(ids(await described(tank, { ExclusiveStartShardId }))).toEqual(rest);
    }
  });
});

describe("rejects", () => {
  test("a stream that is not there, and one that nobody named", async () => {
    await using tank = await kinesisTank();
    await expect(described(tank)).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(described(tank, { StreamName: undefined })).rejects.toMatchObject({
      name: "InvalidArgumentException",
      message: "StreamARN or StreamName must be provided.",
    });
  });

  test("a name and an ARN of two streams", async () => {
    await using tank = await kinesisTank();
    await tank.create("fares");
    await expect(described(tank, { StreamName: "fares", StreamARN: ARN })).rejects.toMatchObject({
      name: "InvalidArgumentException",
    });
  });

  test("an ARN that is none of a stream", async () => {
    await using tank = await kinesisTank();
    const StreamARN = `arn:aws:sqs:us-east-1:${ACCOUNT}:rides`;
    await expect(described(tank, { StreamName: undefined, StreamARN })).rejects.toThrow(
      fault(
        `'${StreamARN}'`,
        "streamARN",
        "Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+",
      ),
    );
  });

  test("a limit outside 1 to 10,000", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    await expect(described(tank, { Limit: 0 })).rejects.toThrow("'limit'");
    await expect(described(tank, { Limit: 10_001 })).rejects.toThrow("'limit'");
  });
});

describe("behaves", () => {
  test("a description has everything that AWS's has", async () => {
    await using tank = await kinesisTank();
    const StreamCreationTimestamp = new Date(tank.clock.now());
    await tank.create("rides", { ShardCount: 2 });
    const number = expect.stringMatching(/^\d{56}$/);
    expect(await described(tank)).toEqual({
      StreamName: "rides",
      StreamARN: ARN,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      StreamCreationTimestamp,
      RetentionPeriodHours: 24,
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: "NONE",
      HasMoreShards: false,
      Shards: [
        {
          ShardId: "shardId-000000000000",
          HashKeyRange: {
            StartingHashKey: "0",
            EndingHashKey: "170141183460469231731687303715884105727",
          },
          SequenceNumberRange: { StartingSequenceNumber: number },
        },
        {
          ShardId: "shardId-000000000001",
          HashKeyRange: {
            StartingHashKey: "170141183460469231731687303715884105728",
            EndingHashKey: "340282366920938463463374607431768211455",
          },
          SequenceNumberRange: { StartingSequenceNumber: number },
        },
      ],
    });
  });

  test("a page has 100 shards at most, whatever more is asked for", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides", { ShardCount: 150 });
    for (const Limit of [undefined, 10_000]) {
      const first = await described(tank, { Limit });
      expect(first?.HasMoreShards).toBe(true);
      expect(first?.Shards).toHaveLength(100);
      const second = await described(tank, {
        Limit,
        ExclusiveStartShardId: first?.Shards?.at(-1)?.ShardId,
      });
      expect(second?.HasMoreShards).toBe(false);
      expect(second?.Shards).toHaveLength(50);
    }
  });

  test("a smaller limit makes smaller pages", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides", { ShardCount: 3 });
    expect(await described(tank, { Limit: 2 })).toMatchObject({ HasMoreShards: true });
    expect(ids(await described(tank, { Limit: 2 }))).toHaveLength(2);
    expect(await described(tank, { Limit: 3 })).toMatchObject({ HasMoreShards: false });
  });
});

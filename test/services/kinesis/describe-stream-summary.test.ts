import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ResourceNotFoundException,
  waitUntilStreamExists,
  waitUntilStreamNotExists,
} from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { startTank } from "../../support/tank.ts";
import { ACCOUNT, type KinesisTank, kinesisTank } from "./streams.ts";

const ARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/rides`;

async function summary({ kinesis }: KinesisTank, stream: object = { StreamName: "rides" }) {
  const answer = await kinesis.send(new DescribeStreamSummaryCommand(stream));
  return answer.StreamDescriptionSummary;
}

describe("accepts", () => {
  test("a stream by its ARN", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    expect((await summary(tank, { StreamARN: ARN }))?.StreamName).toBe("rides");
  });
});

describe("rejects", () => {
  test("a stream that is not there, by name and by ARN", async () => {
    await using tank = await kinesisTank();
    for (const stream of [{ StreamName: "rides" }, { StreamARN: ARN }]) {
      const error = await summary(tank, stream).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ResourceNotFoundException);
      expect(error).toMatchObject({ message: `Stream rides under account ${ACCOUNT} not found.` });
    }
  });

  test("a StreamId, which AWS reserves, by its name", async () => {
    await using tank = await kinesisTank();
    await tank.create("rides");
    const stream = { StreamName: "rides", StreamId: "some-id" };
    await expect(summary(tank, stream)).rejects.toThrow("StreamId is not emulated");
  });
});

describe("behaves", () => {
  test("a summary has everything that AWS's has, and no shards", async () => {
    await using tank = await kinesisTank();
    const StreamCreationTimestamp = new Date(tank.clock.now());
    await tank.create("rides", { ShardCount: 2 });
    expect(await summary(tank)).toEqual({
      StreamName: "rides",
      StreamARN: ARN,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      StreamCreationTimestamp,
      RetentionPeriodHours: 24,
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: "NONE",
      OpenShardCount: 2,
      ConsumerCount: 0,
      MaxRecordSizeInKiB: 1_024,
    });
  });

  test("AWS's own waiters see a stream come and go", async () => {
    await using tank = await startTank();
    const client = tank.client(KinesisClient);
    const wait = { client, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.1 };
    await client.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 }));
    expect((await waitUntilStreamExists(wait, { StreamName: "rides" })).state).toBe("SUCCESS");
    await client.send(new DeleteStreamCommand({ StreamName: "rides" }));
    expect((await waitUntilStreamNotExists(wait, { StreamName: "rides" })).state).toBe("SUCCESS");
  });
});

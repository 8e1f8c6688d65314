import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  InvalidArgumentException,
  ResourceInUseException,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ACCOUNT, fault, type KinesisTank, kinesisTank } from "./streams.ts";

const ARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/rides`;

const increase = ({ kinesis }: KinesisTank, RetentionPeriodHours?: number, more: object = {}) =>
  kinesis.send(
    new IncreaseStreamRetentionPeriodCommand({
      StreamName: "rides",
      RetentionPeriodHours,
      ...more,
    }),
  );

async function refused(...request: Parameters<typeof increase>) {
  const error = await increase(...request).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

async function hours({ kinesis }: KinesisTank) {
  const answer = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: "rides" }));
  return answer.StreamDescriptionSummary?.RetentionPeriodHours;
}

async function tankOfStream() {
  const tank = await kinesisTank();
  await tank.create("rides");
  return tank;
}

describe("accepts", () => {
  test("up to 8,760 hours, a year", async () => {
    await using tank = await tankOfStream();
    await increase(tank, 8_760);
    expect(await hours(tank)).toBe(8_760);
  });

  test("the period that the stream has already", async () => {
    await using tank = await tankOfStream();
    await increase(tank, 24);
    expect(await hours(tank)).toBe(24);
  });

  test("a stream by its ARN", async () => {
    await using tank = await tankOfStream();
    await increase(tank, 48, { StreamName: undefined, StreamARN: ARN });
    expect(await hours(tank)).toBe(48);
  });
});

describe("rejects", () => {
  test("no period, and one that no stream may have", async () => {
    await using tank = await tankOfStream();
    expect((await refused(tank)).message).toBe(
      `1 validation error detected: ${fault("null", "retentionPeriodHours", "Member must not be null")}`,
    );
    const short = await refused(tank, 23);
    expect(short).toBeInstanceOf(InvalidArgumentException);
    expect(short.message).toBe(
      "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.",
    );
    expect((await refused(tank, 8_761)).message).toBe(
      "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.",
    );
  });

  test("a shorter period than the stream has", async () => {
    await using tank = await tankOfStream();
    await increase(tank, 48);
    await tank.settle();
    const error = await refused(tank, 36);
    expect(error).toBeInstanceOf(InvalidArgumentException);
    expect(error.message).toBe(
      "Requested retention period (36 hours) for stream rides can not be shorter than existing retention period (48 hours). Use DecreaseRetentionPeriod API.",
    );
  });

  test("a stream that is not there, or not ACTIVE", async () => {
    await using tank = await kinesisTank();
    expect(await refused(tank, 48)).toBeInstanceOf(ResourceNotFoundException);
    await tank.kinesis.send(new CreateStreamCommand({ StreamName: "rides", ShardCount: 1 }));
    const creating = await refused(tank, 48);
    expect(creating).toBeInstanceOf(ResourceInUseException);
    expect(creating.message).toBe(
      `Stream rides under account ${ACCOUNT} not ACTIVE, instead in state CREATING`,
    );
    await tank.settle();
    await increase(tank, 48);
    expect((await refused(tank, 72)).message).toContain("instead in state UPDATING");
  });
});

describe("behaves", () => {
  test("the stream is UPDATING for a moment, readable and writable, then ACTIVE", async () => {
    await using tank = await tankOfStream();
    await increase(tank, 48);
    expect(await tank.status("rides")).toBe("UPDATING");
    await tank.put("rides", "meanwhile");
    expect(await tank.texts("rides")).toEqual(["meanwhile"]);
    await tank.settle();
    expect(await tank.status("rides")).toBe("ACTIVE");
  });

  test("what has expired already does not come back", async () => {
    await using tank = await tankOfStream();
    await tank.put("rides", "old");
    await tank.clock.advance(25 * 3_600_000);
    await increase(tank, 48);
    expect(await tank.texts("rides")).toEqual([]);
  });
});

import {
  DecreaseStreamRetentionPeriodCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  InvalidArgumentException,
  ResourceInUseException,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ACCOUNT, type KinesisTank, kinesisTank } from "./streams.ts";

const HOUR = 3_600_000;
const ARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/rides`;

const decrease = ({ kinesis }: KinesisTank, RetentionPeriodHours: number, more: object = {}) =>
  kinesis.send(
    new DecreaseStreamRetentionPeriodCommand({
      StreamName: "rides",
      RetentionPeriodHours,
      ...more,
    }),
  );

async function refused(...request: Parameters<typeof decrease>) {
  const error = await decrease(...request).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

async function hours({ kinesis }: KinesisTank) {
  const answer = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: "rides" }));
  return answer.StreamDescriptionSummary?.RetentionPeriodHours;
}

/** A stream that retains for 48 hours. */
async function tankOfTwoDays() {
  const tank = await kinesisTank();
  await tank.create("rides");
  const longer = { StreamName: "rides", RetentionPeriodHours: 48 };
  await tank.kinesis.send(new IncreaseStreamRetentionPeriodCommand(longer));
  await tank.settle();
  return tank;
}

describe("accepts", () => {
  test("down to 24 hours, by name or by ARN", async () => {
    await using tank = await tankOfTwoDays();
    await decrease(tank, 36, { StreamName: undefined, StreamARN: ARN });
    expect(await hours(tank)).toBe(36);
    await tank.settle();
    await decrease(tank, 24);
    expect(await hours(tank)).toBe(24);
  });
});

describe("rejects", () => {
  test("a period that no stream may have", async () => {
    await using tank = await tankOfTwoDays();
    expect((await refused(tank, 23)).message).toContain("Minimum allowed retention period is 24");
    expect((await refused(tank, 0)).name).toBe("ValidationException");
  });

  test("a longer period than the stream has", async () => {
    await using tank = await tankOfTwoDays();
    const error = await refused(tank, 72);
    expect(error).toBeInstanceOf(InvalidArgumentException);
    expect(error.message).toBe(
      "Requested retention period (72 hours) for stream rides can not be longer than existing retention period (48 hours). Use IncreaseRetentionPeriod API.",
    );
  });

  test("a stream that is not there, or not ACTIVE", async () => {
    await using tank = await tankOfTwoDays();
    expect(await refused(tank, 24, { StreamName: "fares" })).toBeInstanceOf(
      ResourceNotFoundException,
    );
    await decrease(tank, 36);
    expect(await refused(tank, 24)).toBeInstanceOf(ResourceInUseException);
  });
});

describe("behaves", () => {
  test("what is older than the new period is gone at once, and what is younger stays", async () => {
    await using tank = await tankOfTwoDays();
    await tank.put("rides", "old");
    await tank.clock.advance(20 * HOUR);
    await tank.put("rides", "young");
    await tank.clock.advance(10 * HOUR);
    expect(await tank.texts("rides")).toEqual(["old", "young"]);
    await decrease(tank, 24);
    expect(await tank.status("rides")).toBe("UPDATING");
    expect(await tank.texts("rides")).toEqual(["young"]);
    await tank.settle();
    await tank.kinesis.send(
      new IncreaseStreamRetentionPeriodCommand({ StreamName: "rides", RetentionPeriodHours: 48 }),
    );
    expect(await tank.texts("rides")).toEqual(["young"]);
  });
});

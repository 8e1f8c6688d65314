import { DescribeScalingPoliciesCommand } from "@aws-sdk/client-application-auto-scaling";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { ScaledEndpoint, TARGET } from "./scaled-endpoint.ts";

test("the notebook's endpoint grows from 1 to 3 under load and shrinks back to 1 when idle", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  await tank.track();
  for (let minute = 0; minute < 3; minute += 1) {
    for (let sent = 0; sent < 110; sent += 1) {
      await tank.runtime.send(new InvokeEndpointCommand({ EndpointName: "Wine", Body: "1" }));
    }
    await tank.load(700);
  }
  const counts = async () => (await tank.described("Wine")).ProductionVariants?.[0];
  expect(await counts()).toMatchObject({ CurrentInstanceCount: 3, DesiredInstanceCount: 3 });
  await tank.load(0, 14);
  expect(await counts()).toMatchObject({ CurrentInstanceCount: 3 });
  await tank.load(0, 1);
  expect(await counts()).toMatchObject({ CurrentInstanceCount: 1, DesiredInstanceCount: 1 });
});

test("activities tell of each move in AWS's words, the newest first", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  const { PolicyARN, Alarms } = await tank.track();
  const { ScalingPolicies } = await tank.scaling.send(new DescribeScalingPoliciesCommand(TARGET));
  expect(ScalingPolicies).toMatchObject([
    { PolicyARN, Alarms, PolicyType: "TargetTrackingScaling" },
  ]);
  expect(PolicyARN).toMatch(
    /^arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:[0-9a-f-]{36}:resource\/sagemaker\/endpoint\/Wine\/variant\/Alltraffic:policyName\/Invocations$/,
  );
  await tank.load(1000, 3);
  await tank.load(0, 15);
  const [down, up, ...others] = await tank.activities();
  expect(others).toEqual([]);
  expect(up).toMatchObject({
    Description: "Setting desired instance count to 3.",
    Cause: `monitor alarm ${Alarms?.[0]?.AlarmName} in state ALARM triggered policy Invocations`,
    StatusCode: "Successful",
    StatusMessage:
      "Successfully set desired instance count to 3. Change successfully fulfilled by sagemaker.",
    StartTime: new Date("2026-01-01T00:03:00Z"),
  });
  expect(down).toMatchObject({
    Description: "Setting desired instance count to 1.",
    Cause: `monitor alarm ${Alarms?.[1]?.AlarmName} in state ALARM triggered policy Invocations`,
    StartTime: new Date("2026-01-01T00:18:00Z"),
  });
  expect(Alarms?.map(({ AlarmName }) => AlarmName)).toEqual([
    expect.stringMatching(
      /^TargetTracking-endpoint\/Wine\/variant\/Alltraffic-AlarmHigh-[0-9a-f-]+$/,
    ),
    expect.stringMatching(
      /^TargetTracking-endpoint\/Wine\/variant\/Alltraffic-AlarmLow-[0-9a-f-]+$/,
    ),
  ]);
});

test("two high minutes and a calm one scale nothing", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  await tank.track();
  for (let round = 0; round < 5; round += 1) {
    await tank.load(1000, 2);
    await tank.load(50, 1);
  }
  expect(await tank.activities()).toEqual([]);
});

test("while a scale-out cools down, only a larger one acts", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register(1, 50);
  await tank.track({ ScaleOutCooldown: 600 });
  await tank.load(200, 3);
  expect(tank.variant.instanceCount).toBe(2);
  await tank.load(600, 4);
  // 600 on two instances are 300 each: three times the one that it began with, not of the two.
  expect(tank.variant.instanceCount).toBe(3);
  await tank.load(600, 7);
  expect(tank.variant.instanceCount).toBe(6);
});

test("a policy that must not scale in has no low alarm, and keeps what it has", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register();
  const { Alarms } = await tank.track({ DisableScaleIn: true });
  expect(Alarms).toHaveLength(1);
  await tank.load(1000, 3);
  await tank.load(0, 60);
  expect(tank.variant.instanceCount).toBe(3);
});

test("one of two policies may scale out; both have to agree to scale in", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register(1, 10);
  await tank.track();
  await tank.track({ TargetValue: 40 }, "Careful");
  await tank.load(90, 3);
  expect(tank.variant.instanceCount).toBe(3);
  await tank.load(120, 20);
  expect(tank.variant.instanceCount).toBe(3);
});

test("at the maximum an alarm is told of as not scaled, to whoever asks for that", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register(1, 1);
  await tank.track();
  await tank.load(1000, 5);
  expect(await tank.activities()).toEqual([]);
  expect(await tank.activities({ IncludeNotScaledActivities: true })).toMatchObject([
    {
      Description: "Attempting to scale due to alarm triggered",
      StatusCode: "Failed",
      NotScaledReasons: [{ Code: "AlreadyAtMaxCapacity", MaxCapacity: 1, CurrentCapacity: 1 }],
    },
  ]);
});

test("a day's curve of up to 1,000 requests/s is followed up and down, within its bounds", async () => {
  await using tank = await ScaledEndpoint.open();
  await tank.register(1, 20);
  await tank.track({ TargetValue: 6000, ScaleInCooldown: 300, ScaleOutCooldown: 300 });
  const counts: number[] = [];
  for (let minute = 0; minute < 1440; minute += 1) {
    const perSecond = 500 - 500 * Math.cos((2 * Math.PI * minute) / 1440);
    await tank.load(perSecond * 60);
    counts.push(tank.variant.instanceCount);
  }
  const at = (hour: number) => counts[hour * 60] ?? 0;
  expect(Math.max(...counts)).toBe(10);
  expect(Math.min(...counts)).toBe(1);
  expect([at(0), at(3), at(6), at(12)]).toEqual(
    [...[at(0), at(3), at(6), at(12)]].sort((a, b) => a - b),
  );
  expect(at(12)).toBe(10);
  expect(counts.at(-1)).toBeLessThanOrEqual(2);
  const activities = await tank.activities();
  expect(activities.length).toBeGreaterThan(10);
  expect(activities.every(({ StatusCode }) => StatusCode === "Successful")).toBe(true);
});

import { expect, test } from "vitest";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { Events } from "../../../emulator/core/events.ts";
import { CloudWatchEngine } from "../../../emulator/services/cloudwatch/engine.ts";

const SCOPE = { accountId: "000000000000", region: "us-east-1" };
const POLICY =
  "arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:1:resource/sagemaker/x:policyName/p";
const ALARM = {
  Namespace: "AWS/SageMaker",
  MetricName: "InvocationsPerInstance",
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 100,
  ComparisonOperator: "GreaterThanThreshold",
} as const;

/** CloudWatch with minutes of so many ms, an alarm that calls a policy and one that does not. */
function spedUp(minuteMs: number) {
  const clock = new ManualClock(Math.ceil(Date.UTC(2026, 0, 1) / minuteMs) * minuteMs);
  const engine = new CloudWatchEngine(
    { clock, events: new Events(), enforceLimits: true },
    minuteMs,
  );
  engine.putAlarm(SCOPE, { ...ALARM, AlarmName: "scaling", AlarmActions: [POLICY] });
  engine.putAlarm(SCOPE, { ...ALARM, AlarmName: "plain" });
  const meter = engine.meter({ ...SCOPE, namespace: ALARM.Namespace, dimensions: {} });
  const count = (value: number) =>
    meter.record({ name: ALARM.MetricName, value, unit: "None", at: clock.now() });
  const minute = async (...values: number[]) => {
    for (const value of values) {
      count(value);
      await clock.advance(Math.floor(minuteMs / values.length));
    }
    await clock.advance(minuteMs - Math.floor(minuteMs / values.length) * values.length);
  };
  return { clock, engine, minute };
}

test.each([100, 1_000, 8_571])(
  "with minutes of %i ms an alarm that calls a policy is as quick, and sums as of a whole minute",
  async (minuteMs) => {
    const { engine, minute } = spedUp(minuteMs);
    const calls: unknown[] = [];
    engine.onAlarmAction(({ value, isNew }) => calls.push([Math.round(value ?? 0), isNew]) > 0);
    const share = minuteMs / 60_000;
    await minute(90 * share);
    await minute(60 * share, 50 * share, 40 * share);
    await minute(60 * share, 60 * share);
    expect(engine.alarmState(SCOPE, "scaling")?.value).toBe("ALARM");
    expect(engine.alarmState(SCOPE, "plain")?.value).toBe("INSUFFICIENT_DATA");
    await minute(300 * share);
    expect(calls).toEqual([
      [120, true],
      [300, false],
    ]);
    await engine.stop();
  },
);

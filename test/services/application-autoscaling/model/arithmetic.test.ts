import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSchedule } from "../../../../emulator/services/application-autoscaling/model/schedule.ts";
import {
  stepFor,
  stepped,
} from "../../../../emulator/services/application-autoscaling/model/step-scaling.ts";
import {
  clamp,
  proportional,
} from "../../../../emulator/services/application-autoscaling/model/target-tracking.ts";

const count = fc.integer({ min: 1, max: 1000 });
const amount = fc.double({ min: 0.001, max: 1e6, noNaN: true });

test("a proportional capacity is enough for the load, no instance too many, and stays within bounds", () => {
  fc.assert(
    fc.property(count, amount, amount, count, count, (capacity, value, target, a, b) => {
      const wanted = proportional(capacity, { value, target });
      const load = capacity * value;
      expect(load / target).toBeLessThanOrEqual(wanted + 1e-6);
      expect(load / target).toBeGreaterThan(wanted - 1 - 1e-6);
      const bounds = { min: Math.min(a, b), max: Math.max(a, b) };
      expect(clamp(wanted, bounds)).toBeGreaterThanOrEqual(bounds.min);
      expect(clamp(wanted, bounds)).toBeLessThanOrEqual(bounds.max);
    }),
  );
});

describe("steps", () => {
  const steps = [
    { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
    { MetricIntervalLowerBound: 10, ScalingAdjustment: 2 },
    { MetricIntervalUpperBound: 0, ScalingAdjustment: -1 },
  ];

  test.each([
    [0, 1],
    [9.9, 1],
    [10, 2],
    [-5, -1],
  ])("a difference of %d takes the step of %d", (difference, adjustment) => {
    expect(stepFor(steps, difference)?.ScalingAdjustment).toBe(adjustment);
  });

  test("percent changes are rounded towards no change, but to one at least", () => {
    const percent = { AdjustmentType: "PercentChangeInCapacity" } as const;
    expect(stepped(10, { ScalingAdjustment: 15 }, percent)).toBe(11);
    expect(stepped(2, { ScalingAdjustment: 10 }, percent)).toBe(3);
    expect(stepped(2, { ScalingAdjustment: -10 }, percent)).toBe(1);
    expect(stepped(10, { ScalingAdjustment: 10 }, { ...percent, MinAdjustmentMagnitude: 4 })).toBe(
      14,
    );
    expect(stepped(10, { ScalingAdjustment: 3 }, { AdjustmentType: "ExactCapacity" })).toBe(3);
  });
});

describe("schedules", () => {
  const start = Date.parse("2026-01-01T00:00:00Z");
  const due = (text: string, minute: string) => {
    const at = Date.parse(`${minute}:00Z`);
    return parseSchedule(text, start).dueIn(at - 60_000, at);
  };

  test.each([
    ["rate(5 minutes)", "2026-01-01T00:10", "2026-01-01T00:11"],
    ["rate(1 day)", "2026-01-03T00:00", "2026-01-03T01:00"],
    ["cron(0 8 ? * MON-FRI *)", "2026-01-02T08:00", "2026-01-03T08:00"],
    ["cron(0/15 * * * ? *)", "2026-01-01T03:45", "2026-01-01T03:50"],
    ["cron(0 0 1,15 JAN ? 2026)", "2026-01-15T00:00", "2026-02-01T00:00"],
  ])("%s is due at %s and not at %s", (text, at, notAt) => {
    expect(due(text, at)).toBe(true);
    expect(due(text, notAt)).toBe(false);
  });

  test.each([
    "cron(0 8 * * * *)",
    "cron(61 * * * ? *)",
    "rate(0 minutes)",
    "at(tomorrow)",
    "cron(0 0 L * ? *)",
  ])("%s is refused", (text) => {
    expect(() => parseSchedule(text, start)).toThrow(/is none of at/);
  });
});

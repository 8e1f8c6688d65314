import fc from "fast-check";
import { describe, expect, test } from "vitest";
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

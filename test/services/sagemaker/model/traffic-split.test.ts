import fc from "fast-check";
import { expect, test } from "vitest";
import { TrafficSplit } from "../../../../emulator/services/sagemaker/model/traffic-split.ts";

function counts(weights: readonly number[], requests: number): number[] {
  const variants = weights.map((weight, index) => ({ weight, index }));
  const split = new TrafficSplit(variants);
  const taken = weights.map(() => 0);
  for (let request = 0; request < requests; request += 1) {
    const index = split.next()?.index ?? -1;
    taken[index] = (taken[index] ?? 0) + 1;
  }
  return taken;
}

test("after as many requests as the weights add up to, every share is exact", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 }),
      (weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        fc.pre(total > 0);
        expect(counts(weights, total)).toEqual(weights);
      },
    ),
  );
});

test("at any time, a share is off by less than one request for each other variant", () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: 0.125, max: 8, noNaN: true }), { minLength: 2, maxLength: 5 }),
      fc.integer({ min: 1, max: 200 }),
      (weights, requests) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        counts(weights, requests).forEach((taken, index) => {
          const due = (requests * (weights[index] ?? 0)) / total;
          expect(Math.abs(taken - due)).toBeLessThan(weights.length);
        });
      },
    ),
  );
});

test("a variant of weight 0 takes nothing while another has weight", () => {
  expect(counts([0, 1], 5)).toEqual([0, 5]);
});

test("variants that all have weight 0 share alike", () => {
  expect(counts([0, 0], 4)).toEqual([2, 2]);
});

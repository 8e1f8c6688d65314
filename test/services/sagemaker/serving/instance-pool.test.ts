import fc from "fast-check";
import { expect, test } from "vitest";
import { ManualClock } from "../../../../emulator/core/clock.ts";
import { InstancePool } from "../../../../emulator/services/sagemaker/serving/instance-pool.ts";

const plan = fc.record({
  requests: fc.integer({ min: 0, max: 40 }),
  count: fc.integer({ min: 1, max: 3 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  queueLength: fc.integer({ min: 0, max: 10 }),
  strategy: fc.constantFrom("RANDOM", "LEAST_OUTSTANDING_REQUESTS"),
});

test("a request is refused at once or answered, in its order at its instance, never both or neither", async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ requests, count, concurrency, queueLength, strategy }) => {
      const clock = new ManualClock();
      const capacity = { serviceMs: 10, concurrency, queueLength };
      const pool = new InstancePool({ clock, capacity, count, strategy });
      const answered: number[] = [];
      let taken = 0;
      for (let request = 0; request < requests; request += 1) {
        const running = pool.run(async () => {
          answered.push(request);
        });
        if (running) taken += 1;
      }
      expect(taken).toBe(Math.min(requests, count * (concurrency + queueLength)));
      await clock.advance(10 * (queueLength + 2));
      expect(answered).toHaveLength(taken);
      expect(new Set(answered).size).toBe(taken);
      expect(answered).toEqual([...answered].sort((a, b) => a - b));
      expect(pool.outstanding).toBe(0);
    }),
    { numRuns: 40 },
  );
});

test("an instance that goes works off what waits at it", async () => {
  const clock = new ManualClock();
  const capacity = { serviceMs: 10, concurrency: 1, queueLength: 5 };
  const pool = new InstancePool({ clock, capacity, count: 2, strategy: undefined });
  let answered = 0;
  for (let request = 0; request < 8; request += 1) {
    void pool.run(async () => {
      answered += 1;
    });
  }
  pool.resize(1);
  await clock.advance(40);
  expect(answered).toBe(8);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FunctionAnswer } from "../../../../emulator/services/lambda/event-source-mapping/record-source.ts";
import { startMapping } from "./mapping-under-test.ts";
import { failed, indexesIn, invokerOf, MemorySource, ok, record } from "./memory-source.ts";

const keyed = (index: number, key: string, arrivedAt = 0) => ({
  ...record(index, arrivedAt),
  partitionKey: key,
});

describe("with a parallelization factor", () => {
  test("keys are served side by side, and one key by one call at a time", async () => {
    const underWay: { indexes: number[]; answer: (answer: FunctionAnswer) => void }[] = [];
    const invoker = {
      exists: () => true,
      invoke: (_arn: string, event: string) =>
        new Promise<FunctionAnswer>((answer) => {
          underWay.push({ indexes: indexesIn(event), answer });
        }),
    };
    await using under = await startMapping(invoker, { parallelizationFactor: 10, batchSize: 1 });
    under.source.put("shard-0", [keyed(0, "a"), keyed(1, "b"), keyed(2, "a")]);
    await under.clock.advance(0);
    expect(underWay.map(({ indexes }) => indexes)).toEqual([[0], [1]]);
    underWay[0]?.answer(ok());
    await under.clock.advance(0);
    expect(underWay.map(({ indexes }) => indexes)).toEqual([[0], [1], [2]]);
    for (const { answer } of underWay) answer(ok());
  });

  test("a key that fails holds no other lane", async () => {
    const invoker = invokerOf((indexes) => (indexes.includes(0) ? failed : ok()));
    await using under = await startMapping(invoker, { parallelizationFactor: 10 });
    under.source.put("shard-0", [keyed(0, "a")]);
    await under.clock.advance(5_000);
    under.source.put("shard-0", [keyed(1, "b")]);
    await under.clock.advance(0);
    expect(invoker.calls).toContainEqual([1]);
  });

  test("after it was off it goes on at the first record that is not done", async () => {
    let isBroken = true;
    const invoker = invokerOf((indexes) => (isBroken && indexes.includes(0) ? failed : ok()));
    await using under = await startMapping(invoker, { parallelizationFactor: 10 });
    under.source.put("shard-0", [keyed(0, "a"), keyed(1, "b")]);
    await under.clock.advance(1_000);
    under.turn("off");
    await under.clock.advance(1_000);
    isBroken = false;
    invoker.calls.length = 0;
    under.turn("on");
    await under.clock.advance(1_000);
    expect(invoker.calls.flat().sort()).toEqual([0, 1]);
    under.turn("off");
    await under.clock.advance(1_000);
    under.turn("on");
    await under.clock.advance(1_000);
    expect(invoker.calls.flat()).toHaveLength(2);
  });

  test("a stream that can only be polled is asked once a second, however many lanes there are", async () => {
    const source = new MemorySource().addShard("shard-0");
    const asked = source.onlyPolled();
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, { parallelizationFactor: 10 }, source);
    await under.clock.advance(0);
    asked.reads = 0;
    await under.clock.advance(10_000);
    expect(asked.reads).toBe(10);
    source.put("shard-0", [keyed(0, "a")]);
    await under.clock.advance(1_000);
    expect(invoker.calls).toEqual([[0]]);
  });
});

const KEYS = ["a", "b", "c", "d"];

/** Something that happens to a mapping while it runs. */
const happening = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ put: fc.array(fc.constantFrom(...KEYS), { maxLength: 6 }) }),
  },
  fc.constant({ reshard: true as const }),
  fc.record({ turn: fc.constantFrom("on" as const, "off" as const) }),
  fc.record({
    change: fc.record({
      batchSize: fc.integer({ min: 1, max: 5 }),
      parallelizationFactor: fc.integer({ min: 1, max: 4 }),
      bisectOnError: fc.boolean(),
    }),
  }),
);

test("whatever fails or is changed, no record is lost and each key keeps its order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { maxLength: 12 }),
      fc.infiniteStream(fc.constantFrom("ok", "ok", "error", "absent", "partial")),
      async (happenings, answers) => {
        const keyOf: string[] = [];
        const done: number[] = [];
        const complete = (indexes: number[]) => {
          for (const index of indexes) if (!done.includes(index)) done.push(index);
        };
        const invoker = invokerOf((indexes) => {
          const answer = answers.next().value;
          if (answer === "absent") throw new Error("throttled");
          if (answer === "error") return failed;
          const at = answer === "partial" ? Math.floor(indexes.length / 2) : indexes.length;
          complete(indexes.slice(0, at));
          if (at === indexes.length) return ok();
          const itemIdentifier = record(indexes[at] ?? 0).sequenceNumber;
          return ok(JSON.stringify({ batchItemFailures: [{ itemIdentifier }] }));
        });
        await using under = await startMapping(invoker, { reportsItemFailures: true });
        let shard = 0;
        for (const what of happenings) {
          if ("put" in what) {
            const now = under.clock.now();
            const records = what.put.map((key) => keyed(keyOf.push(key) - 1, key, now));
            under.source.put(`shard-${shard}`, records);
          } else if ("reshard" in what) {
            shard += 1;
            under.source.addShard(`shard-${shard}`, [`shard-${shard - 1}`]);
            under.source.close(`shard-${shard - 1}`);
          } else if ("turn" in what) under.turn(what.turn);
          else under.change(what.change);
          await under.clock.advance(300);
        }
        under.turn("on");
        for (let minutes = 0; done.length < keyOf.length && minutes < 500; minutes += 1) {
          await under.clock.advance(60_000);
        }
        expect([...done].sort((a, b) => a - b)).toEqual(keyOf.map((_, index) => index));
        for (const key of KEYS) {
          const ofKey = done.filter((index) => keyOf[index] === key);
          expect(ofKey).toEqual([...ofKey].sort((a, b) => a - b));
        }
      },
    ),
    { numRuns: 60 },
  );
});

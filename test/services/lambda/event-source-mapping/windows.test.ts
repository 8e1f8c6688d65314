import { expect, test } from "vitest";
import type { FunctionAnswer } from "../../../../emulator/services/lambda/event-source-mapping/record-source.ts";
import { startMapping } from "./mapping-under-test.ts";
import { failed, indexesIn, MemorySource, ok, record } from "./memory-source.ts";

interface WindowEvent {
  window: { start: string; end: string };
  state: Record<string, unknown>;
  shardId: string;
  eventSourceARN: string;
  isFinalInvokeForWindow: boolean;
  isWindowTerminatedEarly: boolean;
}

interface Call {
  indexes: number[];
  event: WindowEvent;
}

const counted = ({ indexes, event }: Call): FunctionAnswer =>
  ok(JSON.stringify({ state: { count: Number(event.state.count ?? 0) + indexes.length } }));

/** A function that sees windows; it counts its records unless the test answers. */
function windowed(answer: (call: Call, calls: readonly Call[]) => FunctionAnswer = counted) {
  const calls: Call[] = [];
  return {
    calls,
    /** Indexes, count so far, and whether the window was over. */
    seen: () =>
      calls.map(({ indexes, event }) => [
        indexes,
        event.state.count ?? 0,
        event.isFinalInvokeForWindow,
      ]),
    exists: () => true,
    invoke: async (_arn: string, text: string) => {
      const call = { indexes: indexesIn(text), event: JSON.parse(text) as WindowEvent };
      calls.push(call);
      return answer(call, calls);
    },
  };
}

const minute = { tumblingWindowMs: 60_000 };

test("batches of a window hand their state on, and a last call without records ends it", async () => {
  const invoker = windowed();
  await using under = await startMapping(invoker, minute);
  under.source.put("shard-0", [record(0, 0), record(1, 0)]);
  await under.clock.advance(30_000);
  under.source.put("shard-0", [record(2, 30_000)]);
  await under.clock.advance(29_999);
  expect(invoker.seen()).toEqual([
    [[0, 1], 0, false],
    [[2], 2, false],
  ]);
  await under.clock.advance(1);
  expect(invoker.seen()[2]).toEqual([[], 3, true]);
  expect(invoker.calls[2]?.event).toMatchObject({
    Records: [],
    window: { start: "1970-01-01T00:00:00Z", end: "1970-01-01T00:01:00Z" },
    state: { count: 3 },
    shardId: "shard-0",
    eventSourceARN: "arn:aws:kinesis:us-east-1:000000000000:stream/rides",
    isFinalInvokeForWindow: true,
    isWindowTerminatedEarly: false,
  });
  await under.clock.advance(600_000);
  expect(invoker.calls).toHaveLength(3);
});

test("records belong to the window in which they arrived, however late they are read", async () => {
  const invoker = windowed();
  const source = new MemorySource().addShard("shard-0");
  source.put("shard-0", [record(0, 0), record(1, 59_999), record(2, 60_000), record(3, 200_000)]);
  await using under = await startMapping(invoker, minute, source);
  await under.clock.advance(0);
  expect(invoker.seen()).toEqual([
    [[0, 1], 0, false],
    [[], 2, true],
    [[2], 0, false],
    [[], 1, true],
    [[3], 0, false],
  ]);
});

test("an answer without state fails the batch", async () => {
  const invoker = windowed((call, calls) => (calls.length === 1 ? ok("{}") : counted(call)));
  await using under = await startMapping(invoker, minute);
  under.source.put("shard-0", [record(0)]);
  await under.clock.advance(1_000);
  expect(invoker.seen()).toEqual([
    [[0], 0, false],
    [[0], 0, false],
  ]);
});

test("a partial failure keeps the state that came with it, and goes on from there", async () => {
  const report = {
    state: { count: 1 },
    batchItemFailures: [{ itemIdentifier: record(1).sequenceNumber }],
  };
  const invoker = windowed((call, calls) =>
    calls.length === 1 ? ok(JSON.stringify(report)) : counted(call),
  );
  await using under = await startMapping(invoker, { ...minute, reportsItemFailures: true });
  under.source.put("shard-0", [record(0), record(1)]);
  await under.clock.advance(60_000);
  expect(invoker.seen()).toEqual([
    [[0, 1], 0, false],
    [[1], 1, false],
    [[], 2, true],
  ]);
});

test("a last call that fails is made again, and holds the shard", async () => {
  let failures = 3;
  const invoker = windowed((call) =>
    call.event.isFinalInvokeForWindow && failures-- > 0 ? failed : counted(call),
  );
  await using under = await startMapping(invoker, { ...minute, maximumRetryAttempts: 0 });
  under.source.put("shard-0", [record(0, 0), record(1, 60_000)]);
  await under.clock.advance(30_000);
  expect(invoker.seen()).toEqual([
    [[0], 0, false],
    ...Array(4).fill([[], 1, true]),
    [[1], 0, false],
  ]);
});

test("a batch that is given up leaves the state as it was", async () => {
  const invoker = windowed((call) => (call.indexes.includes(1) ? failed : counted(call)));
  await using under = await startMapping(invoker, {
    ...minute,
    maximumRetryAttempts: 0,
    batchSize: 1,
  });
  under.source.put("shard-0", [record(0), record(1), record(2)]);
  await under.clock.advance(60_000);
  expect(invoker.seen().at(-1)).toEqual([[], 2, true]);
});

test("a state above 1 MB ends the window early; the next records begin another", async () => {
  const large = JSON.stringify({ state: { text: "x".repeat(1024 * 1024) } });
  const invoker = windowed((call, calls) => (calls.length === 1 ? ok(large) : counted(call)));
  await using under = await startMapping(invoker, { ...minute, batchSize: 1 });
  under.source.put("shard-0", [record(0), record(1)]);
  await under.clock.advance(0);
  expect(invoker.calls.map(({ event }) => event.isWindowTerminatedEarly)).toEqual([
    false,
    true,
    false,
  ]);
  expect(invoker.calls[1]?.event.state).toHaveProperty("text");
  expect(invoker.calls[2]?.event.state).toEqual({});
});

test("the end of a shard ends its window", async () => {
  const invoker = windowed();
  await using under = await startMapping(invoker, minute);
  under.source.put("shard-0", [record(0)]);
  under.source.close("shard-0");
  under.source.addShard("shard-1", ["shard-0"]);
  under.source.put("shard-1", [record(1)]);
  await under.clock.advance(2_000);
  expect(invoker.calls.map(({ event }) => event.shardId)).toEqual([
    "shard-0",
    "shard-0",
    "shard-1",
  ]);
  expect(invoker.seen()[1]).toEqual([[], 1, true]);
});

test("a window outlasts a mapping that is switched off, and ends when it is on again", async () => {
  const invoker = windowed();
  await using under = await startMapping(invoker, minute);
  under.source.put("shard-0", [record(0)]);
  await under.clock.advance(1_000);
  under.turn("off");
  await under.clock.advance(120_000);
  expect(invoker.seen()).toEqual([[[0], 0, false]]);
  under.turn("on");
  await under.clock.advance(1_000);
  expect(invoker.seen()[1]).toEqual([[], 1, true]);
});

test("windows that are switched off end the one that is open", async () => {
  const invoker = windowed();
  await using under = await startMapping(invoker, minute);
  under.source.put("shard-0", [record(0)]);
  await under.clock.advance(1_000);
  under.change({ tumblingWindowMs: 0 });
  await under.clock.advance(1_000);
  expect(invoker.seen()[1]).toEqual([[], 1, true]);
});

test("a stream that can only be polled is read to the end of a window before that is told", async () => {
  const source = new MemorySource().addShard("shard-0");
  source.onlyPolled();
  const invoker = windowed();
  await using under = await startMapping(invoker, minute, source);
  source.put("shard-0", [record(0)]);
  await under.clock.advance(59_500);
  source.put("shard-0", [record(1, 59_500)]);
  await under.clock.advance(2_000);
  expect(invoker.seen()).toEqual([
    [[0], 0, false],
    [[1], 1, false],
    [[], 2, true],
  ]);
});

import { describe, expect, test } from "vitest";
import { scope, startMapping } from "./mapping-under-test.ts";
import { invokerOf, MemorySource, ok, record } from "./memory-source.ts";

test("a mapping that was off goes on where it stopped", async () => {
  const invoker = invokerOf(() => ok());
  await using under = await startMapping(invoker, { startingPosition: "LATEST" });
  under.source.put("shard-0", [record(0)]);
  await under.clock.advance(0);
  under.turn("off");
  under.source.put("shard-0", [record(1)]);
  await under.clock.advance(100);
  expect(under.mapping.state).toBe("Disabled");
  expect(invoker.calls).toEqual([[0]]);
  under.turn("on");
  await under.clock.advance(100);
  expect(under.mapping.state).toBe("Enabled");
  expect(invoker.calls).toEqual([[0], [1]]);
});

test("with LATEST, what came while it was off is delivered, also when nothing was before", async () => {
  const source = new MemorySource().addShard("shard-0");
  source.put("shard-0", [record(0)]);
  const invoker = invokerOf(() => ok());
  await using under = await startMapping(invoker, { startingPosition: "LATEST" }, source);
  under.turn("off");
  await under.clock.advance(100);
  source.put("shard-0", [record(1)]);
  under.turn("on");
  await under.clock.advance(100);
  expect(invoker.calls).toEqual([[1]]);
});

test("a change waits for the batch under way, and the last of several is what counts", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const invoker = invokerOf(() => ok());
  const slow = {
    ...invoker,
    invoke: async (arn: string, event: string) => {
      await held;
      return invoker.invoke(arn, event);
    },
  };
  await using under = await startMapping(slow);
  under.source.put("shard-0", [record(0)]);
  await under.clock.advance(0);
  under.turn("off");
  under.turn("on");
  under.turn("off");
  expect(under.mapping.state).toBe("Disabling");
  await under.clock.advance(1_000);
  expect(under.mapping.state).toBe("Disabling");
  release();
  under.source.put("shard-0", [record(1)]);
  await under.clock.advance(1_000);
  expect(under.mapping.state).toBe("Disabled");
  expect(invoker.calls).toEqual([[0]]);
});

test("a mapping deleted while it is being switched on reads no more", async () => {
  const invoker = invokerOf(() => ok());
  await using under = await startMapping(invoker);
  under.turn("off");
  under.turn("on");
  under.mappings.delete(scope, under.mapping);
  await under.clock.advance(1_000);
  under.source.put("shard-0", [record(0)]);
  await under.clock.advance(1_000);
  expect(under.mappings.list(scope)).toEqual([]);
  expect(invoker.calls).toEqual([]);
});

describe("where the stream is deleted", () => {
  test("what had come before is still delivered, and the trouble is told once", async () => {
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker);
    under.source.put("shard-0", [record(0)]);
    under.source.delete();
    await under.clock.advance(60_000);
    expect(invoker.calls).toEqual([[0]]);
    expect(under.warnings).toEqual([
      "mapping of predict: its stream could not be opened: Stream rides not found",
    ]);
  });

  test("one created anew under its name is read from its beginning", async () => {
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, { startingPosition: "LATEST" });
    under.source.put("shard-0", [record(5)]);
    under.source.delete();
    await under.clock.advance(5_000);
    under.source.isDeleted = false;
    under.source.addShard("shard-0").put("shard-0", [record(1)]);
    await under.clock.advance(5_000);
    expect(invoker.calls).toEqual([[5], [1]]);
  });
});

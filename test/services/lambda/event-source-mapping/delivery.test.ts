import { describe, expect, test } from "vitest";
import { scope, settings, startMapping } from "./mapping-under-test.ts";
import { failed, invokerOf, MemorySource, ok, record, recordsFrom } from "./memory-source.ts";

const range = (first: number, count: number) => recordsFrom(first, count).map((_, i) => first + i);

describe("delivers", () => {
  test("what is there at once, in batches of the batch size", async () => {
    const source = new MemorySource().addShard("shard-0");
    source.put("shard-0", recordsFrom(0, 5));
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, { batchSize: 2 }, source);
    await under.clock.advance(0);
    expect(invoker.calls).toEqual([[0, 1], [2, 3], [4]]);
    expect(under.mapping.lastProcessingResult).toBe("OK");
  });

  test("a record without moving the clock: it is woken, it does not poll", async () => {
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker);
    under.source.put("shard-0", [record(0)]);
    await under.clock.advance(0);
    expect(invoker.calls).toEqual([[0]]);
  });

  test("with LATEST only what arrives from its creation on", async () => {
    const source = new MemorySource().addShard("shard-0");
    source.put("shard-0", recordsFrom(0, 3));
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, { startingPosition: "LATEST" }, source);
    source.put("shard-0", recordsFrom(3, 1));
    await under.clock.advance(0);
    expect(invoker.calls).toEqual([[3]]);
  });

  test("with AT_TIMESTAMP from that time on", async () => {
    const source = new MemorySource().addShard("shard-0");
    source.put("shard-0", [record(0, 100), record(1, 200), record(2, 300)]);
    const invoker = invokerOf(() => ok());
    const from = { startingPosition: "AT_TIMESTAMP", startingTimestamp: 200 } as const;
    await using under = await startMapping(invoker, from, source);
    await under.clock.advance(0);
    expect(invoker.calls).toEqual([[1, 2]]);
  });

  test("what has come together when the batching window ends", async () => {
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, { batchingWindowMs: 5_000 });
    under.source.put("shard-0", [record(0)]);
    await under.clock.advance(3_000);
    under.source.put("shard-0", [record(1)]);
    await under.clock.advance(1_999);
    expect(invoker.calls).toEqual([]);
    await under.clock.advance(1);
    expect(invoker.calls).toEqual([[0, 1]]);
  });

  test("a full batch before the window ends", async () => {
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, { batchingWindowMs: 5_000, batchSize: 2 });
    under.source.put("shard-0", recordsFrom(0, 2));
    await under.clock.advance(0);
    expect(invoker.calls).toEqual([[0, 1]]);
  });

  test("all shards side by side: one that fails holds no other", async () => {
    const source = new MemorySource().addShard("shard-0").addShard("shard-1");
    source.put("shard-0", [record(0)]);
    source.put("shard-1", [record(10)]);
    const invoker = invokerOf(([index]) => (index === 0 ? failed : ok()));
    await using under = await startMapping(invoker, {}, source);
    await under.clock.advance(10_000);
    source.put("shard-1", [record(11)]);
    await under.clock.advance(0);
    expect(invoker.calls).toContainEqual([11]);
  });

  test("a child shard once its parent is drained, from its beginning", async () => {
    const source = new MemorySource().addShard("shard-0");
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, { startingPosition: "LATEST" }, source);
    source.addShard("shard-1", ["shard-0"]);
    source.put("shard-1", [record(1)]);
    source.put("shard-0", [record(0)]);
    await under.clock.advance(0);
    expect(invoker.calls).toEqual([[0]]);
    source.close("shard-0");
    await under.clock.advance(2_000);
    expect(invoker.calls).toEqual([[0], [1]]);
  });
});

describe("shards that were split before the mapping was created", () => {
  const split = () => {
    const source = new MemorySource().addShard("shard-0");
    source.put("shard-0", [record(0, 100)]);
    source.addShard("shard-1", ["shard-0"]).close("shard-0");
    source.put("shard-1", [record(1, 200)]);
    return source;
  };

  test("are read from the newest record on with LATEST", async () => {
    const invoker = invokerOf(() => ok());
    const source = split();
    await using under = await startMapping(invoker, { startingPosition: "LATEST" }, source);
    source.put("shard-1", [record(2, 300)]);
    await under.clock.advance(2_000);
    expect(invoker.calls).toEqual([[2]]);
  });

  test("are read from that time on with AT_TIMESTAMP", async () => {
    const invoker = invokerOf(() => ok());
    const source = split();
    source.put("shard-1", [record(2, 300)]);
    const from = { startingPosition: "AT_TIMESTAMP", startingTimestamp: 300 } as const;
    await using under = await startMapping(invoker, from, source);
    await under.clock.advance(2_000);
    expect(invoker.calls).toEqual([[2]]);
  });

  test("are read parents first with TRIM_HORIZON", async () => {
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, {}, split());
    await under.clock.advance(2_000);
    expect(invoker.calls).toEqual([[0], [1]]);
  });
});

describe("after a failure", () => {
  test("the whole batch goes again, with growing pauses, and holds its shard", async () => {
    let failures = 3;
    const invoker = invokerOf(() => (failures-- > 0 ? failed : ok()));
    await using under = await startMapping(invoker);
    under.source.put("shard-0", recordsFrom(0, 2));
    await under.clock.advance(0);
    under.source.put("shard-0", [record(2)]);
    await under.clock.advance(400);
    expect(invoker.calls).toHaveLength(2);
    await under.clock.advance(799);
    expect(invoker.calls).toHaveLength(2);
    await under.clock.advance(60_000);
    expect(invoker.calls).toEqual([[0, 1], [0, 1], [0, 1], [0, 1], [2]]);
  });

  test("retries n means n + 1 invocations, then the batch goes to the destination and the shard on", async () => {
    const invoker = invokerOf(([index]) => (index === 0 ? failed : ok()));
    const failureDestinationArn = "arn:aws:s3:::failed";
    await using under = await startMapping(invoker, {
      maximumRetryAttempts: 2,
      batchSize: 1,
      failureDestinationArn,
    });
    under.source.put("shard-0", recordsFrom(0, 2));
    await under.clock.advance(60_000);
    expect(invoker.calls).toEqual([[0], [0], [0], [1]]);
    const [[key = "", document] = []] = [...under.written];
    expect(key).toMatch(/^failed\/aws\/lambda\/.+\/shard-0\/1970\/01\/01\//);
    expect(document).toMatchObject({
      requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 3 },
      payload: { Records: [{ kinesis: { sequenceNumber: "000000" } }] },
    });
  });

  test("a queue is told where the records were, without the records", async () => {
    const failureDestinationArn = "arn:aws:sqs:us-east-1:000000000000:failed";
    const invoker = invokerOf(() => failed);
    await using under = await startMapping(invoker, {
      maximumRetryAttempts: 0,
      failureDestinationArn,
    });
    under.source.put("shard-0", recordsFrom(0, 2));
    await under.clock.advance(0);
    expect(under.sent).toMatchObject([
      {
        arn: failureDestinationArn,
        document: {
          requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 1 },
          responseContext: { statusCode: 200, functionError: "Unhandled" },
          KinesisBatchInfo: { startSequenceNumber: "000000", batchSize: 2 },
        },
      },
    ]);
    expect(under.sent[0]?.document).not.toHaveProperty("payload");
  });

  test("bisecting isolates the one bad record; every neighbour is done once", async () => {
    const bad = 5;
    const done: number[] = [];
    const invoker = invokerOf((indexes) => {
      if (indexes.includes(bad)) return failed;
      done.push(...indexes);
      return ok();
    });
    await using under = await startMapping(invoker, {
      bisectOnError: true,
      maximumRetryAttempts: 1,
      failureDestinationArn: "arn:aws:s3:::failed",
    });
    under.source.put("shard-0", recordsFrom(0, 16));
    await under.clock.advance(60_000);
    expect(done).toEqual(range(0, 16).filter((index) => index !== bad));
    expect([...under.written.values()]).toMatchObject([{ KinesisBatchInfo: { batchSize: 1 } }]);
  });

  test("a reported item failure goes on from there, with a fresh retry budget", async () => {
    const report = { batchItemFailures: [{ itemIdentifier: "000002" }] };
    const invoker = invokerOf((indexes) =>
      indexes.includes(2) ? ok(JSON.stringify(report)) : ok(),
    );
    await using under = await startMapping(invoker, {
      reportsItemFailures: true,
      batchSize: 3,
      maximumRetryAttempts: 3,
    });
    under.source.put("shard-0", recordsFrom(0, 3));
    await under.clock.advance(300_000);
    expect(invoker.calls).toEqual([[0, 1, 2], [2], [2], [2], [2]]);
  });

  test("records too old are given up, the younger ones of the batch are delivered", async () => {
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, { maximumRecordAgeSeconds: 60 });
    await under.clock.advance(100_000);
    under.source.put("shard-0", [record(0, 0), record(1, 90_000)]);
    await under.clock.advance(0);
    expect(invoker.calls).toEqual([[1]]);
  });

  test("a function that does not run uses up no attempt", async () => {
    let absent = 5;
    const invoker = invokerOf(() => {
      if (absent-- > 0) throw new Error("throttled");
      return ok();
    });
    await using under = await startMapping(invoker, { maximumRetryAttempts: 0 });
    under.source.put("shard-0", [record(0)]);
    await under.clock.advance(300_000);
    expect(invoker.calls).toHaveLength(6);
    expect(under.mapping.lastProcessingResult).toBe("OK");
  });

  test("a source that fails is read again", async () => {
    const source = new MemorySource().addShard("shard-0");
    source.put("shard-0", [record(0)]);
    source.failingReads = 3;
    const invoker = invokerOf(() => ok());
    await using under = await startMapping(invoker, {}, source);
    await under.clock.advance(10_000);
    expect(invoker.calls).toEqual([[0]]);
  });
});

test("a record too large for any event is given up, and the shard goes on", async () => {
  const invoker = invokerOf(() => ok());
  const failureDestinationArn = "arn:aws:s3:::failed";
  await using under = await startMapping(invoker, { failureDestinationArn });
  const large = { ...record(0), data: "A".repeat(6_291_456) };
  under.source.put("shard-0", [large, record(1)]);
  await under.clock.advance(0);
  expect(invoker.calls).toEqual([[1]]);
  expect([...under.written.values()]).toMatchObject([
    { requestContext: { approximateInvokeCount: 1 }, KinesisBatchInfo: { batchSize: 1 } },
  ]);
});

test("two mappings on one stream each get every record", async () => {
  const invoker = invokerOf(() => ok());
  await using under = await startMapping(invoker);
  const other = { ...settings, functionArn: `${settings.functionArn}-2` };
  await under.mappings.create(scope, { settings: other, isEnabled: true });
  under.source.put("shard-0", [record(0)]);
  await under.clock.advance(0);
  expect(invoker.calls).toEqual([[0], [0]]);
});

import { expect, test } from "vitest";
import { Base64 } from "../../../emulator/core/base64.ts";
import { ManualClock } from "../../../emulator/core/clock.ts";
import { Events, type TankEvent } from "../../../emulator/core/events.ts";
import { KinesisEngine, TRANSITION_MS } from "../../../emulator/services/kinesis/engine.ts";

const scope = { accountId: "000000000000", region: "us-east-1" };
const HOUR = 3_600_000;
const settings = {
  name: "rides",
  shardCount: 1,
  mode: "PROVISIONED" as const,
  maxRecordBytes: 1024 * 1024,
  tags: {},
};
const record = { partitionKey: "k", data: new Base64(""), size: 1 };

function engineOf() {
  const clock = new ManualClock();
  const events = new Events();
  const heard: TankEvent[] = [];
  events.on((event) => heard.push(event));
  return { clock, heard, engine: new KinesisEngine({ clock, events, enforceLimits: true }) };
}

test("every state of a stream is told to who listens", async () => {
  const { clock, heard, engine } = engineOf();
  const stream = engine.create(scope, settings);
  await clock.advance(TRANSITION_MS);
  engine.update(stream, () => {});
  await clock.advance(TRANSITION_MS);
  engine.delete(stream);
  expect(heard.map((event) => (event.type === "resource" ? event.state : event.type))).toEqual([
    "CREATING",
    "ACTIVE",
    "UPDATING",
    "ACTIVE",
    "DELETING",
  ]);
});

test("an engine lists what it holds, and where a stream of a name is", async () => {
  const { clock, engine } = engineOf();
  engine.create(scope, settings);
  const elsewhere = { ...scope, region: "eu-west-1" };
  engine.create(elsewhere, settings);
  expect(engine.describe()).toEqual(
    Array(2).fill({ type: "stream", name: "rides", state: "CREATING" }),
  );
  await clock.advance(TRANSITION_MS);
  expect(engine.describe()[0]?.state).toBe("ACTIVE");
  expect(engine.whereabouts("rides")).toEqual([scope, elsewhere]);
  expect(engine.whereabouts("fares")).toEqual([]);
});

test("expired records are forgotten though nobody reads", async () => {
  const { clock, engine } = engineOf();
  await engine.start();
  const stream = engine.create(scope, settings);
  const [shard] = stream.shards;
  shard?.append(record, clock.now());
  await clock.advance(24 * HOUR - 60_000);
  expect(shard?.horizon).toBe(0);
  await clock.advance(120_000);
  expect(shard?.horizon).toBe(1);
  await engine.stop();
});

test("a stopped engine does nothing more, and may be stopped again", async () => {
  const { clock, engine } = engineOf();
  await engine.start();
  const stream = engine.create(scope, settings);
  stream.shards[0]?.append(record, clock.now());
  await engine.stop();
  await engine.stop();
  await clock.advance(48 * HOUR);
  expect(stream.status).toBe("CREATING");
  expect(stream.shards[0]?.horizon).toBe(0);
});

test("a reset engine knows no stream, and none comes back", async () => {
  const { clock, engine } = engineOf();
  const stream = engine.create(scope, settings);
  await clock.advance(TRANSITION_MS);
  engine.delete(stream);
  engine.reset();
  expect(engine.describe()).toEqual([]);
  engine.create(scope, settings);
  await clock.advance(TRANSITION_MS);
  // The deletion that was under way before the reset does not reach the new stream.
  expect(engine.describe()).toEqual([{ type: "stream", name: "rides", state: "ACTIVE" }]);
});

test("a deleted stream's readers are told that it is over", async () => {
  const { clock, engine } = engineOf();
  const stream = engine.create(scope, settings);
  await clock.advance(TRANSITION_MS);
  let told = 0;
  stream.shards[0]?.onRecords(() => {
    told += 1;
  });
  engine.delete(stream);
  await clock.advance(TRANSITION_MS);
  expect(told).toBe(1);
  expect(stream.shards[0]?.isOpen).toBe(false);
});

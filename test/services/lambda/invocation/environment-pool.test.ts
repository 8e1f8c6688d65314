import { expect, test } from "vitest";
import { ManualClock } from "../../../../emulator/core/clock.ts";
import {
  EnvironmentPool,
  type PoolOptions,
} from "../../../../emulator/services/lambda/invocation/environment-pool.ts";
import { ExecutionEnvironment } from "../../../../emulator/services/lambda/invocation/execution-environment.ts";
import type { FunctionSettings } from "../../../../emulator/services/lambda/model/function.ts";

/** A machine with one processor, of which nothing is left. */
const busy = { processors: 1, take: () => 0 };
/** A machine with one processor in use, and many that are not. */
const idle = { processors: 1, take: () => 8 };

/** A pool whose environments have loaded at once. */
function poolOn(clock: ManualClock, headroom: PoolOptions["headroom"]) {
  const settings = { memoryMb: 128, timeoutSeconds: 3 } as FunctionSettings;
  return new EnvironmentPool({
    create: () => new ExecutionEnvironment({ clock, fn: { settings, version: "1" } }),
    start: async (_logStream, listener) => {
      listener.ready();
      return { deliver() {}, memoryBytes: () => undefined, kill: async () => {} };
    },
    maxEnvironments: 10,
    maxStarting: 4,
    clock,
    headroom,
  });
}

/** A pool that knows its invocations to be short, with one environment, which is in use. */
async function poolOfShort(clock: ManualClock, headroom: PoolOptions["headroom"]) {
  const pool = poolOn(clock, headroom);
  const { environment } = await pool.lease();
  pool.release(environment, 1);
  await pool.lease();
  return { pool, environment };
}

test("who finds no environment free on a machine with idle processors has another one at once", async () => {
  const pool = poolOn(new ManualClock(), idle);

  const leases = await Promise.all([pool.lease(), pool.lease(), pool.lease()]);

  expect(new Set(leases.map(({ environment }) => environment)).size).toBe(3);
});

test("a short invocation waits for the two environments that there are, unless neither is free within 100 ms", async () => {
  const clock = new ManualClock();
  const { pool } = await poolOfShort(clock, idle);
  await pool.lease();
  await clock.advance(100);
  void pool.lease();
  await clock.advance(99);
  expect(pool.size).toBe(2);

  await clock.advance(1);

  expect(pool.size).toBe(3);
});

test("a busy machine loads one more environment only when nobody has had a turn for a second", async () => {
  const clock = new ManualClock();
  const { pool } = await poolOfShort(clock, busy);
  for (let waiting = 0; waiting < 5; waiting += 1) void pool.lease();
  await clock.advance(999);
  expect(pool.size).toBe(1);

  await clock.advance(1);
  expect(pool.size).toBe(2);

  await clock.advance(1_000);
  expect(pool.size).toBe(3);
});

test("a busy machine loads no more environments while those that there are have turns", async () => {
  const clock = new ManualClock();
  const { pool, environment } = await poolOfShort(clock, busy);
  for (let waiting = 0; waiting < 20; waiting += 1) void pool.lease();

  for (let turn = 0; turn < 20; turn += 1) {
    await clock.advance(900);
    pool.release(environment, 900);
  }

  expect(pool.size).toBe(1);
});

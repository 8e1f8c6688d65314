import { expect, test } from "vitest";
import { ManualClock } from "../emulator/core/clock.ts";
import { MovableClock } from "../emulator/core/movable-clock.ts";
import { startTank, type TestTank } from "./support/tank.ts";

async function advance(tank: TestTank, body: string) {
  const answer = await fetch(`${tank.url}/_wavetank/clock`, { method: "POST", body });
  return { status: answer.status, ...((await answer.json()) as object) };
}

test("a running tank's time is told and moved forward", async () => {
  await using tank = await startTank({ clock: new ManualClock() });
  expect(await advance(tank, '{"advanceMs": 86400000}')).toEqual({
    status: 200,
    now: "2026-01-02T00:00:00.000Z",
    movable: true,
  });
  const told = await fetch(`${tank.url}/_wavetank/clock`);
  expect(await told.json()).toMatchObject({ now: "2026-01-02T00:00:00.000Z" });
});

test("a tank started with --virtual-time leaps a day, and goes on in real time", async () => {
  await using tank = await startTank({ clock: new MovableClock() });
  const before = Date.now();
  const { now } = (await advance(tank, '{"advanceMs": 86400000}')) as unknown as { now: string };
  expect(Date.parse(now)).toBeGreaterThanOrEqual(before + 86_400_000);
});

test("real time is not moved, and what names no time is refused, with what to do", async () => {
  await using tank = await startTank();
  expect(await advance(tank, '{"advanceMs": 1}')).toMatchObject({
    status: 409,
    message: expect.stringMatching(/--virtual-time/),
  });
  await using still = await startTank({ clock: new ManualClock() });
  for (const body of ["", "{}", '{"advanceMs": -1}', '{"advanceMs": "1"}']) {
    expect(await advance(still, body)).toMatchObject({ status: 400 });
  }
});

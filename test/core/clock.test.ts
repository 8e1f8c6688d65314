import { expect, test } from "vitest";
import { ManualClock, SystemClock } from "../../emulator/core/clock.ts";

test("a manual clock stands still until it is advanced", async () => {
  const clock = new ManualClock(1_000);
  expect(clock.now()).toBe(1_000);
  await clock.advance(250);
  expect(clock.now()).toBe(1_250);
});

test("a manual clock starts at the beginning of 2026 unless told otherwise", () => {
  expect(new Date(new ManualClock().now()).toISOString()).toBe("2026-01-01T00:00:00.000Z");
});

test("timers run in the order in which they fall due, each at its own time", async () => {
  const clock = new ManualClock(0);
  const ran: [string, number][] = [];
  clock.after(30, () => ran.push(["c", clock.now()]));
  clock.after(10, () => ran.push(["a", clock.now()]));
  clock.after(20, () => ran.push(["b", clock.now()]));
  await clock.advance(100);
  expect(ran).toEqual([
    ["a", 10],
    ["b", 20],
    ["c", 30],
  ]);
  expect(clock.now()).toBe(100);
});

test("timers due at the same time run in the order in which they were set", async () => {
  const clock = new ManualClock(0);
  const ran: string[] = [];
  for (const name of ["first", "second", "third"]) clock.after(5, () => ran.push(name));
  await clock.advance(5);
  expect(ran).toEqual(["first", "second", "third"]);
});

test("a timer that is not due yet does not run", async () => {
  const clock = new ManualClock(0);
  let runs = 0;
  clock.after(10, () => {
    runs += 1;
  });
  await clock.advance(9);
  expect(runs).toBe(0);
  await clock.advance(1);
  expect(runs).toBe(1);
  await clock.advance(100);
  expect(runs).toBe(1);
});

test("a timer set by a timer runs in the same advance when it falls due within it", async () => {
  const clock = new ManualClock(0);
  const ran: [string, number][] = [];
  clock.after(10, () => {
    ran.push(["outer", clock.now()]);
    clock.after(10, () => ran.push(["inner", clock.now()]));
    clock.after(1_000, () => ran.push(["too late", clock.now()]));
  });
  clock.after(15, () => ran.push(["between", clock.now()]));
  await clock.advance(100);
  expect(ran).toEqual([
    ["outer", 10],
    ["between", 15],
    ["inner", 20],
  ]);
});

test("code that sleeps again after each sleep sees every wake-up of one advance", async () => {
  const clock = new ManualClock(0);
  const woke: number[] = [];
  const loop = (async () => {
    while (woke.length < 4) {
      await clock.sleep(25);
      woke.push(clock.now());
    }
  })();
  await clock.advance(100);
  await loop;
  expect(woke).toEqual([25, 50, 75, 100]);
});

test("every ticks once each period until it is disposed", async () => {
  const clock = new ManualClock(0);
  const ticks: number[] = [];
  const ticking = clock.every(10, () => ticks.push(clock.now()));
  await clock.advance(35);
  expect(ticks).toEqual([10, 20, 30]);
  ticking[Symbol.dispose]();
  await clock.advance(100);
  expect(ticks).toEqual([10, 20, 30]);
});

test("a ticking timer may dispose itself", async () => {
  const clock = new ManualClock(0);
  let ticks = 0;
  const ticking = clock.every(10, () => {
    ticks += 1;
    if (ticks === 2) ticking[Symbol.dispose]();
  });
  await clock.advance(1_000);
  expect(ticks).toBe(2);
});

test("a disposed timer never runs", async () => {
  const clock = new ManualClock(0);
  let runs = 0;
  clock
    .after(10, () => {
      runs += 1;
    })
    [Symbol.dispose]();
  await clock.advance(100);
  expect(runs).toBe(0);
});

for (const [name, make] of [
  ["a manual clock", () => new ManualClock()],
  ["the system clock", () => new SystemClock()],
] as const) {
  test(`${name}'s sleep ends with the signal's reason as soon as it aborts`, async () => {
    const abort = new AbortController();
    const sleeping = make().sleep(3_600_000, abort.signal);
    abort.abort(new Error("enough"));
    await expect(sleeping).rejects.toThrow("enough");
  });

  test(`${name}'s sleep does not begin when the signal has aborted already`, async () => {
    await expect(make().sleep(1, AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
  });
}

test("a sleep that ended leaves no listener on its signal", async () => {
  const clock = new ManualClock();
  const abort = new AbortController();
  let listeners = 0;
  const signal = new Proxy(abort.signal, {
    get(target, name) {
      if (name === "addEventListener") listeners += 1;
      if (name === "removeEventListener") listeners -= 1;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const sleeping = clock.sleep(10, signal);
  expect(listeners).toBe(1);
  await clock.advance(10);
  await sleeping;
  expect(listeners).toBe(0);
});

test("an aborted sleep leaves no timer behind", async () => {
  const clock = new ManualClock(0);
  const abort = new AbortController();
  const sleeping = clock.sleep(10, abort.signal);
  abort.abort();
  await expect(sleeping).rejects.toThrow();
  await clock.advance(100);
  expect(clock.now()).toBe(100);
});

test("the system clock tells the time of the system and runs timers after it has passed", async () => {
  const clock = new SystemClock();
  const before = Date.now();
  await clock.sleep(5);
  expect(clock.now()).toBeGreaterThanOrEqual(before + 4);
  let ticks = 0;
  await new Promise<void>((resolve) => {
    const ticking = clock.every(1, () => {
      ticks += 1;
      if (ticks < 3) return;
      ticking[Symbol.dispose]();
      resolve();
    });
    // An interval does not keep the process alive, so something else must.
    clock.after(5_000, resolve)[Symbol.dispose]();
  });
  expect(ticks).toBe(3);
});

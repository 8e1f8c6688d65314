import { expect, test } from "vitest";
import { Lifecycle, type Startable } from "../../emulator/core/lifecycle.ts";

/** Parts that write down what happens to them. */
function recorder() {
  const log: string[] = [];
  const part = (name: string, faults: { start?: Error; stop?: Error } = {}): Startable => ({
    async start() {
      log.push(`start ${name}`);
      if (faults.start) throw faults.start;
    },
    async stop() {
      log.push(`stop ${name}`);
      if (faults.stop) throw faults.stop;
    },
  });
  return { log, part };
}

test("parts stop in the reverse of the order in which they started", async () => {
  const { log, part } = recorder();
  const lifecycle = new Lifecycle();
  for (const name of ["server", "kinesis", "lambda"]) await lifecycle.start(part(name));
  await lifecycle.stop();
  expect(log).toEqual([
    "start server",
    "start kinesis",
    "start lambda",
    "stop lambda",
    "stop kinesis",
    "stop server",
  ]);
});

test("parts without a start or a stop are no obstacle", async () => {
  const { log, part } = recorder();
  const lifecycle = new Lifecycle();
  await lifecycle.start({});
  await lifecycle.start(part("only"));
  await lifecycle.stop();
  expect(log).toEqual(["start only", "stop only"]);
});

test("a second stop waits for the first and stops nothing twice", async () => {
  const { log, part } = recorder();
  const lifecycle = new Lifecycle();
  await lifecycle.start(part("a"));
  await Promise.all([lifecycle.stop(), lifecycle.stop()]);
  await lifecycle.stop();
  expect(log).toEqual(["start a", "stop a"]);
});

test("a stop in the middle of a start reaches the part that is starting", async () => {
  const { log, part } = recorder();
  const lifecycle = new Lifecycle();
  await lifecycle.start(part("first"));
  let started = () => {};
  const starting = lifecycle.start({
    start: () =>
      new Promise<void>((resolve) => {
        log.push("start slow");
        started = resolve;
      }),
    stop: async () => {
      log.push("stop slow");
      started();
    },
  });
  await lifecycle.stop();
  await starting;
  expect(log).toEqual(["start first", "start slow", "stop slow", "stop first"]);
});

test("nothing starts once stopping has begun", async () => {
  const { log, part } = recorder();
  const lifecycle = new Lifecycle();
  const stopping = lifecycle.stop();
  await expect(lifecycle.start(part("late"))).rejects.toThrow("stopped while starting");
  await stopping;
  expect(log).toEqual([]);
});

test("a part that fails to start is stopped with the others", async () => {
  const { log, part } = recorder();
  const lifecycle = new Lifecycle();
  await lifecycle.start(part("good"));
  await expect(lifecycle.start(part("bad", { start: new Error("no port") }))).rejects.toThrow(
    "no port",
  );
  await lifecycle.stop();
  expect(log).toEqual(["start good", "start bad", "stop bad", "stop good"]);
});

test("a part that fails to stop does not keep the others going, and is reported", async () => {
  const { log, part } = recorder();
  const lifecycle = new Lifecycle();
  await lifecycle.start(part("a", { stop: new Error("a hangs") }));
  await lifecycle.start(part("b"));
  await lifecycle.start(part("c", { stop: new Error("c hangs") }));
  const failure = await lifecycle.stop().catch((error: unknown) => error);
  expect(log.slice(3)).toEqual(["stop c", "stop b", "stop a"]);
  expect(failure).toBeInstanceOf(AggregateError);
  expect((failure as AggregateError).errors.map((error: Error) => error.message)).toEqual([
    "c hangs",
    "a hangs",
  ]);
});

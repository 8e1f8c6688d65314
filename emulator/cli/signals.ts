import { exitCodes } from "./exit-codes.ts";

const forcedCodes: Partial<Record<NodeJS.Signals, number>> = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
  SIGHUP: exitCodes.hungUp,
  SIGQUIT: exitCodes.interrupted,
};

/** npm and shaky keyboards send a signal twice; within this time two count as one. */
const DOUBLE_MS = 100;

/**
 * Calls `stop` at the first signal and leaves at once at the second. Works as PID 1 too, where the
 * system's defaults do not apply.
 */
export function onStopSignal(handlers: { stop: () => void; force: () => void }): Disposable {
  let firstAt: number | undefined;
  const listener = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      handlers.stop();
    } else if (now - firstAt > DOUBLE_MS) {
      handlers.force();
      process.exit(forcedCodes[signal]);
    }
  };
  const signals = Object.keys(forcedCodes) as NodeJS.Signals[];
  for (const signal of signals) process.on(signal, listener);
  return {
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}

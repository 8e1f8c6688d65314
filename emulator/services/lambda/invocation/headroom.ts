import { availableParallelism, cpus } from "node:os";
import { performance } from "node:perf_hooks";

/** Long enough for the system's counters, which go in steps of 10 ms, to tell something. */
const MIN_WINDOW_MS = 250;
/** The share of its time beyond which the tank itself makes invocations wait. */
const BUSY_TANK = 0.5;

/** Tells for how many more processes the machine, and the tank that they all go through, have time. */
export class Headroom {
  /** Processors that the tank and its functions may use. */
  readonly processors = availableParallelism();
  #idleMs = idleMsOf(cpus());
  #tank = performance.eventLoopUtilization();
  #sampledAt = performance.now();

  /** The processors that were idle since this was last answered; 0 if that was a moment ago. */
  take(): number {
    const now = performance.now();
    const windowMs = now - this.#sampledAt;
    if (windowMs < MIN_WINDOW_MS) return 0;
    const idleMs = idleMsOf(cpus());
    const tank = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(tank, this.#tank);
    const idle = (idleMs - this.#idleMs) / windowMs;
    this.#idleMs = idleMs;
    this.#tank = tank;
    this.#sampledAt = now;
    return utilization > BUSY_TANK ? 0 : Math.max(0, Math.floor(idle));
  }
}

function idleMsOf(processors: ReturnType<typeof cpus>): number {
  return processors.reduce((sum, { times }) => sum + times.idle, 0);
}

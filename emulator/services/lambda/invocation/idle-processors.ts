import { cpus } from "node:os";

/** The shortest time over which the system's counters, in steps of 10 ms, tell something. */
const MIN_WINDOW_MS = 50;

/** Tells whether another process would find a processor. */
export class IdleProcessors {
  readonly count: number;
  #idleMs: number;
  #sampledAt: number;

  constructor() {
    const processors = cpus();
    this.count = Math.max(1, processors.length);
    this.#idleMs = idleMsOf(processors);
    this.#sampledAt = performance.now();
  }

  /** How many were idle since this was last answered; 0 if that was a moment ago. */
  take(): number {
    const now = performance.now();
    const windowMs = now - this.#sampledAt;
    if (windowMs < MIN_WINDOW_MS) return 0;
    const idleMs = idleMsOf(cpus());
    const idle = (idleMs - this.#idleMs) / windowMs;
    this.#idleMs = idleMs;
    this.#sampledAt = now;
    return Math.max(0, Math.floor(idle));
  }
}

const idleMsOf = (processors: ReturnType<typeof cpus>): number =>
  processors.reduce((sum, { times }) => sum + times.idle, 0);

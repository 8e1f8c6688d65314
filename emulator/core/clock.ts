/** Time, handed to every engine: no engine calls `Date.now` or sets a timer of its own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `act` once after `ms`, unless disposed before. */
  after(ms: number, act: () => void): Disposable;
  /** Calls `tick` each `ms` until disposed. */
  every(ms: number, tick: () => void): Disposable;
}

/** Real time. Its intervals do not keep the process alive: servers do that. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }

  after(ms: number, act: () => void): Disposable {
    return setTimeout(act, ms);
  }

  every(ms: number, tick: () => void): Disposable {
    return setInterval(tick, ms).unref();
  }
}

interface Timer {
  due: number;
  readonly act: () => void;
  readonly period: number | undefined;
}

/** Time that moves only when told: a test crosses five minutes in a millisecond. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  /** @param start milliseconds since the epoch; 2026-01-01T00:00:00Z when absent. */
  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }

  after(ms: number, act: () => void): Disposable {
    return this.#add({ due: this.#now + ms, act, period: undefined });
  }

  every(ms: number, tick: () => void): Disposable {
    return this.#add({ due: this.#now + ms, act: tick, period: ms });
  }

  /** Moves time forward, running what falls due in its order; what that starts gets its turn too. */
  async advance(ms: number): Promise<void> {
    const target = this.#now + ms;
    await settle();
    for (let next = this.#next(target); next; next = this.#next(target)) {
      this.#now = Math.max(this.#now, next.due);
      if (next.period === undefined) this.#timers.delete(next);
      else next.due += next.period;
      next.act();
      await settle();
    }
    this.#now = target;
  }

  #add(timer: Timer): Disposable {
    this.#timers.add(timer);
    return { [Symbol.dispose]: () => this.#timers.delete(timer) };
  }

  #next(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= until && (!first || timer.due < first.due)) first = timer;
    }
    return first;
  }
}

/** A clock's sleep, told by its `after`. */
export function sleepOn(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      timer[Symbol.dispose]();
      reject(signal?.reason);
    };
    const timer = clock.after(ms, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** One turn of the event loop: lets promises and I/O callbacks that are ready run. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

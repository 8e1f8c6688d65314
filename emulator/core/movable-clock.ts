import { type Clock, sleepOn } from "./clock.ts";

interface Timer {
  due: number;
  readonly act: () => void;
  readonly period: number | undefined;
  handle: NodeJS.Timeout | undefined;
}

/** A clock whose time can be moved forward. */
export interface Advancing extends Clock {
  /** Moves time forward, running what falls due in its order. */
  advance(ms: number): Promise<void>;
}

export function canAdvance(clock: Clock): clock is Advancing {
  return "advance" in clock;
}

/** Real time that can also be moved forward: a running tank lives through a day in seconds. */
export class MovableClock implements Advancing {
  readonly #timers = new Set<Timer>();
  /** How far ahead of real time. */
  #aheadMs = 0;
  #moving: Promise<void> = Promise.resolve();

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }

  after(ms: number, act: () => void): Disposable {
    return this.#add({ due: this.now() + ms, act, period: undefined, handle: undefined });
  }

  every(ms: number, tick: () => void): Disposable {
    return this.#add({ due: this.now() + ms, act: tick, period: ms, handle: undefined });
  }

  /** One move at a time, in the order in which they were asked for. */
  advance(ms: number): Promise<void> {
    this.#moving = this.#moving.then(() => this.#advance(ms));
    return this.#moving;
  }

  async #advance(ms: number): Promise<void> {
    const target = this.now() + ms;
    await turn();
    for (let next = this.#first(target); next; next = this.#first(target)) {
      this.#aheadMs += Math.max(0, next.due - this.now());
      this.#fire(next);
      await turn();
    }
    this.#aheadMs += Math.max(0, target - this.now());
    for (const timer of this.#timers) this.#arm(timer);
  }

  #add(timer: Timer): Disposable {
    this.#timers.add(timer);
    this.#arm(timer);
    return { [Symbol.dispose]: () => this.#remove(timer) };
  }

  #arm(timer: Timer): void {
    clearTimeout(timer.handle);
    timer.handle = setTimeout(() => this.#fire(timer), Math.max(0, timer.due - this.now()));
    // Intervals do not keep the process alive: servers do that.
    if (timer.period !== undefined) timer.handle.unref();
  }

  #fire(timer: Timer): void {
    if (timer.period === undefined) this.#remove(timer);
    else {
      timer.due += timer.period;
      this.#arm(timer);
    }
    timer.act();
  }

  #remove(timer: Timer): void {
    clearTimeout(timer.handle);
    this.#timers.delete(timer);
  }

  #first(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= until && (!first || timer.due < first.due)) first = timer;
    }
    return first;
  }
}

/** Lets what is ready run, promises and I/O alike. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

import type { Clock } from "../../../core/clock.ts";
import type { Capacity } from "./capacity.ts";

/** One instance of a variant whose capacity is bounded: works on some requests, others wait in order. */
export class Instance {
  readonly #clock: Clock;
  readonly #capacity: Capacity;
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(clock: Clock, capacity: Capacity) {
    this.#clock = clock;
    this.#capacity = capacity;
  }

  /** Requests that are worked on or wait. */
  get outstanding(): number {
    return this.#busy + this.#waiting.length;
  }

  get isFull(): boolean {
    return this.outstanding >= this.#capacity.concurrency + this.#capacity.queueLength;
  }

  /** Works on a request for as long as the capacity says, once those before it are through. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy < this.#capacity.concurrency) this.#busy += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const done = this.#clock.sleep(this.#capacity.serviceMs);
    try {
      const [answer] = await Promise.all([work(), done]);
      return answer;
    } finally {
      // A model that fails at once has kept its instance busy all the same.
      void done.then(() => this.#release());
    }
  }

  /** Hands the place on, so that a newcomer cannot overtake who waits. */
  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#busy -= 1;
  }
}

import type { Clock } from "../../../core/clock.ts";
import type { Capacity } from "./capacity.ts";
import { Instance } from "./instance.ts";

export interface PoolOptions {
  readonly clock: Clock;
  readonly capacity: Capacity;
  readonly count: number;
  /** LEAST_OUTSTANDING_REQUESTS, or instances take turns. */
  readonly strategy: string | undefined;
}

/** The instances of a variant, each with its own queue. */
export class InstancePool {
  readonly #options: PoolOptions;
  #instances: Instance[] = [];
  #turn = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.resize(options.count);
  }

  get outstanding(): number {
    return this.#instances.reduce((sum, { outstanding }) => sum + outstanding, 0);
  }

  /** An instance that goes is sent nothing more, and works off what it has. */
  resize(count: number): void {
    const { clock, capacity } = this.#options;
    this.#instances = this.#instances.slice(0, count);
    while (this.#instances.length < count) this.#instances.push(new Instance(clock, capacity));
  }

  /** `undefined` when every place, also those to wait in, is taken at the instance whose turn it is. */
  run<T>(work: () => Promise<T>): Promise<T> | undefined {
    const instance = this.#choose();
    return instance === undefined || instance.isFull ? undefined : instance.run(work);
  }

  /**
   * DIFFERS: AWS's RANDOM draws; here instances take turns, so that tests can count.
   */
  #choose(): Instance | undefined {
    if (this.#options.strategy !== "LEAST_OUTSTANDING_REQUESTS") {
      this.#turn = (this.#turn + 1) % this.#instances.length;
      return this.#instances[this.#turn];
    }
    let least = this.#instances[0];
    for (const instance of this.#instances) {
      if (least && instance.outstanding < least.outstanding) least = instance;
    }
    return least;
  }
}

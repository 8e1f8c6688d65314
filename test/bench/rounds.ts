import { percent } from "./rows.ts";
import { stolenSince } from "./stolen.ts";

const ROUNDS = 3;
/** A host that takes more than this share of the processors disturbs what is measured. */
const MOST_STOLEN = 0.01;
/** What all rounds that were measured in vain may take together. */
const PATIENCE_MS = 25 * 60_000;

/** How quiet the machine was. */
export interface Disturbance {
  /** The largest share of the processors' time that the host gave to others in a round that counts. */
  readonly mostStolen: number;
  /** Rounds that do not count, since the host gave more to others than `limit` meanwhile. */
  readonly repeated: number;
  readonly limit: number;
}

/**
 * Measures in rounds. A round in which the host of a virtual machine gave more than a hundredth of the processors'
 * time to others is measured again, whatever it measured, until patience ends; then it counts as it is.
 */
export class Rounds {
  readonly count = ROUNDS;
  #mostStolen = 0;
  #repeated = 0;
  #patienceMs = PATIENCE_MS;

  /** What each of the rounds measured, in their order. */
  async all<T>(name: string, measure: () => Promise<T>): Promise<T[]> {
    const results: T[] = [];
    for (let round = 1; round <= this.count; round += 1) {
      results.push(await this.one(`round ${round} of ${this.count}: ${name}`, measure));
    }
    return results;
  }

  async one<T>(name: string, measure: () => Promise<T>): Promise<T> {
    process.stderr.write(`${name}\n`);
    for (;;) {
      const stolenMeanwhile = stolenSince();
      const from = performance.now();
      const result = await measure();
      const stolen = stolenMeanwhile();
      if (stolen === undefined) return result;
      if (stolen <= MOST_STOLEN || this.#patienceMs <= 0) {
        this.#mostStolen = Math.max(this.#mostStolen, stolen);
        return result;
      }
      this.#patienceMs -= performance.now() - from;
      this.#repeated += 1;
      process.stderr.write(`  once more: the host took ${percent(stolen)} of the processors\n`);
    }
  }

  /** `undefined` where no host takes anything, or the system does not tell. */
  get disturbance(): Disturbance | undefined {
    if (this.#mostStolen === 0 && this.#repeated === 0) return undefined;
    return { mostStolen: this.#mostStolen, repeated: this.#repeated, limit: MOST_STOLEN };
  }
}

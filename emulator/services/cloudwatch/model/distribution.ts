/** Distinct values that are kept as they are; more are put into bins. */
const MAX_EXACT = 128;
/** Each bin is this much wider than the one below it: a percentile is right to half a percent. */
const GROWTH = 1.01;
const LOG_GROWTH = Math.log(GROWTH);

/** How often each value occurred: exactly while there are few, to the nearest percent after that. */
export class Distribution {
  #counts = new Map<number, number>();
  #isExact = true;
  #total = 0;

  add(value: number, count: number): void {
    const key = this.#isExact ? value : binOf(value);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    this.#total += count;
    if (this.#isExact && this.#counts.size > MAX_EXACT) this.#coarsen();
  }

  merge(other: Distribution): void {
    for (const [value, count] of other.#counts) this.add(value, count);
  }

  /** The least value that at least `percent` of all are not above; undefined when there are none. */
  percentile(percent: number): number | undefined {
    const sorted = [...this.#counts].sort(([a], [b]) => a - b);
    const rank = (percent / 100) * this.#total;
    let seen = 0;
    for (const [value, count] of sorted) {
      seen += count;
      if (seen >= rank) return value;
    }
    return sorted.at(-1)?.[0];
  }

  #coarsen(): void {
    const exact = this.#counts;
    this.#isExact = false;
    this.#counts = new Map();
    this.#total = 0;
    for (const [value, count] of exact) this.add(value, count);
  }
}

function binOf(value: number): number {
  if (value === 0) return 0;
  return Math.sign(value) * GROWTH ** Math.round(Math.log(Math.abs(value)) / LOG_GROWTH);
}

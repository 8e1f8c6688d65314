/** Distinct values that are kept as they are; more are put into bins. */
const MAX_EXACT = 128;

/** How often each value occurred: exactly while there are few, to within half a percent after that. */
export class Distribution {
  #exact: Map<number, number> | undefined = new Map();
  readonly #bins = new Map<number, number>();
  #total = 0;

  add(value: number, count: number): void {
    this.#total += count;
    if (this.#exact) {
      increase(this.#exact, value, count);
      if (this.#exact.size > MAX_EXACT) this.#coarsen(this.#exact);
    } else increase(this.#bins, binOf(value), count);
  }

  merge(other: Distribution): void {
    for (const [value, count] of other.#values()) this.add(value, count);
  }

  /** The least value that at least `percent` of all are not above; undefined when there are none. */
  percentile(percent: number): number | undefined {
    const sorted = this.#values().sort(([a], [b]) => a - b);
    const rank = (percent / 100) * this.#total;
    let seen = 0;
    for (const [value, count] of sorted) {
      seen += count;
      if (seen >= rank) return value;
    }
    return sorted.at(-1)?.[0];
  }

  #values(): (readonly [value: number, count: number])[] {
    if (this.#exact) return [...this.#exact];
    return [...this.#bins].map(([bin, count]) => [middleOf(bin), count]);
  }

  #coarsen(exact: ReadonlyMap<number, number>): void {
    this.#exact = undefined;
    for (const [value, count] of exact) increase(this.#bins, binOf(value), count);
  }
}

function increase(counts: Map<number, number>, key: number, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

// A bin is the sign, the exponent and the first seven bits of a double's fraction: 128 bins for each power of
// two, found without a logarithm.
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
const DROPPED_BITS = 13;

function binOf(value: number): number {
  // Minus zero is no value of its own.
  double[0] = value + 0;
  return (words[HIGH] as number) >>> DROPPED_BITS;
}

function middleOf(bin: number): number {
  if (bin === 0) return 0;
  words[1 - HIGH] = 0;
  words[HIGH] = (bin << DROPPED_BITS) + (1 << (DROPPED_BITS - 1));
  return double[0] as number;
}

/** Something that takes a share of the traffic: its weight over the sum of all weights. */
export interface Weighted {
  readonly weight: number;
}

/**
 * Deals requests out by weight.
 *
 * DIFFERS: AWS draws each request's variant at random; here they take turns, so that after any number of
 * requests every share is as close to its weight as it can be, and tests can count.
 */
export class TrafficSplit<T extends Weighted> {
  readonly #shares: { readonly of: T; readonly weight: number; credit: number }[];
  readonly #total: number;

  constructor(variants: readonly T[]) {
    const sum = variants.reduce((total, { weight }) => total + weight, 0);
    // UNCONFIRMED: what AWS does when every weight is 0; here they share alike.
    const weightOf = ({ weight }: Weighted) => (sum > 0 ? weight : 1);
    this.#shares = variants.map((of) => ({ of, weight: weightOf(of), credit: 0 }));
    this.#total = sum > 0 ? sum : variants.length;
  }

  /** The variant whose turn it is. */
  next(): T | undefined {
    const [only] = this.#shares;
    if (this.#shares.length === 1) return only?.of;
    let chosen = only;
    for (const share of this.#shares) {
      share.credit += share.weight;
      if (chosen && share.credit > chosen.credit) chosen = share;
    }
    if (chosen) chosen.credit -= this.#total;
    return chosen?.of;
  }
}

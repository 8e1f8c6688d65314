/** Enough for the longest look back that scaling takes. */
const KEPT_PERIODS = 64;

/** What a variant was asked for in one period. */
export interface PeriodLoad {
  readonly invocations: number;
  /** Each request counts one over the number of instances, as AWS's InvocationsPerInstance does. */
  readonly perInstance: number;
}

const NONE: PeriodLoad = { invocations: 0, perInstance: 0 };

/** Counts a variant's requests per period; a period is CloudWatch's minute, or shorter when scaling is sped up. */
export class LoadMeter {
  readonly #periodMs: number;
  readonly #firstPeriod: number;
  readonly #periods = new Float64Array(KEPT_PERIODS).fill(-1);
  readonly #invocations = new Float64Array(KEPT_PERIODS);
  readonly #perInstance = new Float64Array(KEPT_PERIODS);

  constructor(periodMs: number, startedAt: number) {
    this.#periodMs = periodMs;
    this.#firstPeriod = Math.floor(startedAt / periodMs);
  }

  count(now: number, { instances, requests = 1 }: { instances: number; requests?: number }): void {
    const period = Math.floor(now / this.#periodMs);
    const slot = period % KEPT_PERIODS;
    if (this.#periods[slot] !== period) {
      this.#periods[slot] = period;
      this.#invocations[slot] = 0;
      this.#perInstance[slot] = 0;
    }
    this.#invocations[slot] = (this.#invocations[slot] ?? 0) + requests;
    this.#perInstance[slot] = (this.#perInstance[slot] ?? 0) + requests / instances;
  }

  /** Idle periods are zeros, as AWS reports them; before the variant was there, there is nothing. */
  at(time: number): PeriodLoad | undefined {
    const period = Math.floor(time / this.#periodMs);
    if (period < this.#firstPeriod) return undefined;
    const slot = period % KEPT_PERIODS;
    if (this.#periods[slot] !== period) return NONE;
    return {
      invocations: this.#invocations[slot] ?? 0,
      perInstance: this.#perInstance[slot] ?? 0,
    };
  }
}

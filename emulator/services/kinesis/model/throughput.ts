/**
 * A rate that may be used in bursts of one second: what is not used refills continuously. Amounts are
 * bytes or counts. Time only ever adds; a clock that stands still adds nothing.
 */
export class Allowance {
  readonly #perSecond: number;
  #available: number;
  #asOf: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#available = perSecond;
    this.#asOf = now;
  }

  /** Whether `amount` could be taken at `now` (epoch ms). */
  has(amount: number, now: number): boolean {
    this.#refill(now);
    return this.#available >= amount;
  }

  /** Takes `amount`; what was not there is owed, and the allowance is empty until it is repaid. */
  take(amount: number, now: number): void {
    this.#refill(now);
    this.#available -= amount;
  }

  #refill(now: number): void {
    const elapsed = now - this.#asOf;
    if (elapsed <= 0) return;
    // In this order, or a few milliseconds' worth comes out a hair less than it is.
    const refilled = (elapsed * this.#perSecond) / 1000;
    this.#available = Math.min(this.#perSecond, this.#available + refilled);
    this.#asOf = now;
  }
}

// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
const WRITE_BYTES_PER_SECOND = 1024 * 1024;
const WRITE_RECORDS_PER_SECOND = 1000;
const READ_BYTES_PER_SECOND = 2 * 1024 * 1024;
const READ_CALLS_PER_SECOND = 5;

/** What one shard takes and gives per second. */
export class ShardThroughput {
  readonly #writeBytes: Allowance;
  readonly #writeRecords: Allowance;
  readonly #readBytes: Allowance;
  readonly #readCalls: Allowance;

  constructor(now: number) {
    this.#writeBytes = new Allowance(WRITE_BYTES_PER_SECOND, now);
    this.#writeRecords = new Allowance(WRITE_RECORDS_PER_SECOND, now);
    this.#readBytes = new Allowance(READ_BYTES_PER_SECOND, now);
    this.#readCalls = new Allowance(READ_CALLS_PER_SECOND, now);
  }

  /** Takes one record's worth of writing; `false`, and takes nothing, when the shard is at its limit. */
  write(bytes: number, now: number): boolean {
    // A record above the burst, allowed since records may have 10 MiB, passes when the shard is at rest.
    const needed = Math.min(bytes, WRITE_BYTES_PER_SECOND);
    if (!this.#writeBytes.has(needed, now) || !this.#writeRecords.has(1, now)) return false;
    this.#writeBytes.take(bytes, now);
    this.#writeRecords.take(1, now);
    return true;
  }

  /** Whether a GetRecords call may run now; counts it if so. */
  beginRead(now: number): boolean {
    if (!this.#readCalls.has(1, now) || !this.#readBytes.has(1, now)) return false;
    this.#readCalls.take(1, now);
    return true;
  }

  /** Charges what a call returned: 10 MB at once keep the shard's readers waiting for five seconds. */
  endRead(bytes: number, now: number): void {
    // What exceeds a second's worth is owed in whole, or the burst would make it four.
    const owed = bytes > READ_BYTES_PER_SECOND ? bytes + READ_BYTES_PER_SECOND : bytes;
    this.#readBytes.take(owed, now);
  }
}

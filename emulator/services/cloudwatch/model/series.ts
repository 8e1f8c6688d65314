import { addBucket, type Bucket, emptyBucket } from "./bucket.ts";

const DAY_MS = 86_400_000;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#metrics-retention
const RETENTION = [
  { olderThanMs: 3 * 3_600_000, seconds: 60 },
  { olderThanMs: 15 * DAY_MS, seconds: 300 },
  { olderThanMs: 63 * DAY_MS, seconds: 3_600 },
];
const MAX_AGE_MS = 455 * DAY_MS;

/** A stretch of time cut into periods; the first begins at `start`. All in epoch ms. */
export interface Window {
  readonly start: number;
  readonly end: number;
  readonly periodMs: number;
}

/** What was measured of one metric in one unit, in buckets sorted by time. */
export class Series {
  #buckets: Bucket[] = [];

  get isEmpty(): boolean {
    return this.#buckets.length === 0;
  }

  /** The bucket that a sample of this time belongs to. */
  bucket(at: number, seconds: number): Bucket {
    const start = at - (at % Math.round(seconds * 1000));
    const last = this.#buckets.at(-1);
    if (last && last.start === start && last.seconds === seconds) return last;
    let index = this.#firstFrom(start);
    for (; this.#buckets[index]?.start === start; index += 1) {
      const bucket = this.#buckets[index];
      if (bucket?.seconds === seconds) return bucket;
    }
    const bucket = emptyBucket(start, seconds);
    this.#buckets.splice(index, 0, bucket);
    return bucket;
  }

  /** Adds what falls into a window to `periods`, keyed by each period's start. */
  collect({ start, end, periodMs }: Window, periods: Map<number, Bucket>): void {
    for (let index = this.#firstFrom(start); index < this.#buckets.length; index += 1) {
      const bucket = this.#buckets[index] as Bucket;
      if (bucket.start >= end) return;
      const at = bucket.start - ((bucket.start - start) % periodMs);
      let period = periods.get(at);
      if (!period) {
        period = emptyBucket(at, periodMs / 1000);
        periods.set(at, period);
      }
      addBucket(period, bucket);
    }
  }

  /**
   * Merges what has grown old into longer buckets, and drops what is too old.
   * @param speed by how much sooner what is shorter than a minute is old
   */
  age(now: number, speed = 1): void {
    const kept: Bucket[] = [];
    for (const bucket of this.#buckets) {
      const ageMs = now - bucket.start;
      if (ageMs > MAX_AGE_MS) continue;
      const rule = RETENTION.findLast(
        ({ olderThanMs, seconds }) => ageMs > (seconds === 60 ? olderThanMs / speed : olderThanMs),
      );
      if (!rule || rule.seconds <= bucket.seconds) {
        kept.push(bucket);
        continue;
      }
      const start = bucket.start - (bucket.start % (rule.seconds * 1000));
      let merged = kept.at(-1);
      if (merged?.start !== start || merged.seconds !== rule.seconds) {
        merged = emptyBucket(start, rule.seconds);
        kept.push(merged);
      }
      addBucket(merged, bucket);
    }
    this.#buckets = kept;
  }

  /** The index of the first bucket that starts at `start` or later. */
  #firstFrom(start: number): number {
    let low = 0;
    let high = this.#buckets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#buckets[middle] as Bucket).start < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

import { Distribution } from "./distribution.ts";

/** What was measured: one value, or a set of which only these four are known. */
export interface Sample {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** All samples of a stretch of time. */
export interface Bucket {
  /** Epoch ms. */
  readonly start: number;
  readonly seconds: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Gone once a set of unknown values came in: there are no percentiles of those. */
  values: Distribution | undefined;
}

export function emptyBucket(start: number, seconds: number): Bucket {
  return {
    start,
    seconds,
    count: 0,
    sum: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    values: new Distribution(),
  };
}

/** Adds the same value `count` times. */
export function addValue(bucket: Bucket, value: number, count: number): void {
  bucket.count += count;
  bucket.sum += value * count;
  if (value < bucket.min) bucket.min = value;
  if (value > bucket.max) bucket.max = value;
  bucket.values?.add(value, count);
}

export function addSample(bucket: Bucket, sample: Sample): void {
  // A set of equal values, or of one, hides nothing.
  if (sample.min === sample.max) addValue(bucket, sample.min, sample.count);
  else {
    addTotals(bucket, sample);
    bucket.values = undefined;
  }
}

export function addBucket(bucket: Bucket, other: Bucket): void {
  addTotals(bucket, other);
  if (other.values) bucket.values?.merge(other.values);
  else bucket.values = undefined;
}

function addTotals(bucket: Bucket, { count, sum, min, max }: Sample): void {
  bucket.count += count;
  bucket.sum += sum;
  bucket.min = Math.min(bucket.min, min);
  bucket.max = Math.max(bucket.max, max);
}

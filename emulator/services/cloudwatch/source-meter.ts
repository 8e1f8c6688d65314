import type { Measurement, Meter } from "../../core/metrics.ts";
import { addValue, type Bucket } from "./model/bucket.ts";
import type { Metric } from "./model/metric.ts";

/** A metric, and the bucket that its latest sample went to. */
interface Place {
  readonly metric: Metric;
  readonly unit: string;
  bucket: Bucket;
  /** Epoch ms, exclusive. */
  bucketEnd: number;
}

/** What a meter needs of the metrics. */
export interface MeterNeeds {
  readonly minuteMs: number;
  /** Finds a metric by its name, or makes it. */
  metric(name: string): Metric;
  /** Changes whenever metrics or their buckets have been dropped or merged. */
  readonly generation: (at: number) => number;
}

/**
 * Measurements of one source. Services measure the same few things over and over, so that where a measurement goes is
 * looked up once a minute.
 */
export class SourceMeter implements Meter {
  readonly #needs: MeterNeeds;
  readonly #places = new Map<string, Place>();
  #generation = 0;

  constructor(needs: MeterNeeds) {
    this.#needs = needs;
  }

  record({ name, value, unit, at }: Measurement): void {
    const generation = this.#needs.generation(at);
    if (generation !== this.#generation) {
      this.#generation = generation;
      this.#places.clear();
    }
    let place = this.#places.get(name);
    if (!place || at < place.bucket.start || at >= place.bucketEnd || unit !== place.unit) {
      place = this.#placeOf(name, { unit, at });
      this.#places.set(name, place);
    }
    if (at > place.metric.lastAt) place.metric.lastAt = at;
    addValue(place.bucket, value, 1);
  }

  #placeOf(name: string, { unit, at }: { unit: string; at: number }): Place {
    const { minuteMs } = this.#needs;
    const metric = this.#needs.metric(name);
    const bucket = metric.bucket(at, { unit, seconds: minuteMs / 1000 });
    return { metric, unit, bucket, bucketEnd: bucket.start + minuteMs };
  }
}

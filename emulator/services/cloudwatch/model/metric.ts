import type { Bucket } from "./bucket.ts";
import { Series, type Window } from "./series.ts";

export interface MetricDimension {
  readonly name: string;
  readonly value: string;
}

/** A metric is its namespace, its name and all of its dimensions. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  /** In any order. */
  readonly dimensions: readonly MetricDimension[];
}

export class Metric implements MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly MetricDimension[];
  /** Epoch ms of the latest sample. */
  lastAt = 0;
  /** Units are kept apart: nobody may add bytes to seconds. */
  readonly #series = new Map<string, Series>();

  constructor({ namespace, name, dimensions }: MetricName) {
    this.namespace = namespace;
    this.name = name;
    this.dimensions = dimensions;
  }

  get units(): string[] {
    return [...this.#series.keys()];
  }

  get isEmpty(): boolean {
    return [...this.#series.values()].every((series) => series.isEmpty);
  }

  bucket(at: number, { unit, seconds }: { unit: string; seconds: number }): Bucket {
    if (at > this.lastAt) this.lastAt = at;
    let series = this.#series.get(unit);
    if (!series) {
      series = new Series();
      this.#series.set(unit, series);
    }
    return series.bucket(at, seconds);
  }

  /** Periods that have samples, by their start; of all units when none is named. */
  periods(window: Window, unit?: string): Map<number, Bucket> {
    const periods = new Map<number, Bucket>();
    for (const [name, series] of this.#series) {
      if (unit === undefined || name === unit) series.collect(window, periods);
    }
    return periods;
  }

  age(now: number, speed: number): void {
    for (const series of this.#series.values()) series.age(now, speed);
  }
}

/** Equal for the same metric, whatever the order of its dimensions. */
export function metricKey({ namespace, name, dimensions }: MetricName): string {
  const sorted = dimensions.map(({ name, value }) => `${name}\u0001${value}`).sort();
  return [namespace, name, ...sorted].join("\u0000");
}

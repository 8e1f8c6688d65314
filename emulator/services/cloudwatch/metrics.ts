import type { Meter, MetricSink, MetricSource } from "../../core/metrics.ts";
import type { Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import { addSample, addValue, type Sample } from "./model/bucket.ts";
import { Metric, type MetricName, metricKey } from "./model/metric.ts";
import { SourceMeter } from "./source-meter.ts";

const MINUTE_MS = 60_000;
const SWEEP_MS = 3_600_000;

/** One published value, repeated `count` times, or a set of values. */
export type Published =
  | { readonly value: number; readonly count: number }
  | { readonly set: Sample };

/** The metrics of every account and region. */
export class Metrics implements MetricSink {
  readonly #metrics = new Scoped(() => new Map<string, Metric>());
  /** Counts how often metrics were dropped: what was dropped may not be written to from memory. */
  #generation = 0;
  readonly #minuteMs: number;
  #nextSweep = 0;

  /** @param minuteMs how long scaling's minute takes: nothing is kept more coarsely than that */
  constructor(minuteMs = MINUTE_MS) {
    this.#minuteMs = minuteMs;
  }

  /** For measurements of the tank's own. */
  meter({ namespace, dimensions, accountId, region }: MetricSource): Meter {
    const listed = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
    return new SourceMeter({
      minuteMs: this.#minuteMs,
      metric: (name) =>
        this.#metric({ accountId, region }, { namespace, name, dimensions: listed }),
      generation: (at) => {
        if (at >= this.#nextSweep) this.#sweep(at);
        return this.#generation;
      },
    });
  }

  /** Takes what PutMetricData brings. */
  publish(
    scope: Scope,
    name: MetricName,
    {
      at,
      now,
      unit,
      seconds,
      published,
    }: { at: number; now: number; unit: string; seconds: number; published: readonly Published[] },
  ): void {
    if (now >= this.#nextSweep) this.#sweep(now);
    const finest = Math.min(seconds, this.#minuteMs / 1000);
    const bucket = this.#metric(scope, name).bucket(at, { unit, seconds: finest });
    for (const one of published) {
      if ("set" in one) addSample(bucket, one.set);
      else addValue(bucket, one.value, one.count);
    }
  }

  find(scope: Scope, name: MetricName): Metric | undefined {
    return this.#metrics.of(scope).get(metricKey(name));
  }

  /** The caller's metrics, in the order of their names. */
  list(scope: Scope): readonly (readonly [key: string, metric: Metric])[] {
    return [...this.#metrics.of(scope)].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  clear(): void {
    this.#metrics.clear();
    this.#generation += 1;
  }

  #metric(scope: Scope, name: MetricName): Metric {
    const metrics = this.#metrics.of(scope);
    const key = metricKey(name);
    let metric = metrics.get(key);
    if (!metric) {
      metric = new Metric(name);
      metrics.set(key, metric);
    }
    return metric;
  }

  #sweep(now: number): void {
    const speed = MINUTE_MS / this.#minuteMs;
    this.#nextSweep = now + SWEEP_MS / speed;
    for (const metrics of this.#metrics.all()) {
      for (const [key, metric] of metrics) {
        metric.age(now, speed);
        if (metric.isEmpty) metrics.delete(key);
      }
    }
    this.#generation += 1;
  }
}

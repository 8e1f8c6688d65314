import type { Measurement, MetricSink } from "../../core/metrics.ts";
import type { Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import { addSample, addValue, type Sample } from "./model/bucket.ts";
import { Metric, type MetricName, metricKey } from "./model/metric.ts";

const MINUTE_MS = 60_000;
const SWEEP_MS = 3_600_000;

/** A measurement's metric, found by the very object that its dimensions came in. */
interface Remembered extends Scope {
  readonly namespace: string;
  readonly metric: Metric;
}

/** One published value, repeated `count` times, or a set of values. */
export type Published =
  | { readonly value: number; readonly count: number }
  | { readonly set: Sample };

/** The metrics of every account and region. */
export class Metrics implements MetricSink {
  readonly #metrics = new Scoped(() => new Map<string, Metric>());
  /** Services measure the same things over and over: composing a key each time would cost the most. */
  #remembered = new WeakMap<object, Map<string, Remembered>>();
  readonly #minuteMs: number;
  #nextSweep = 0;

  /** @param minuteMs how long scaling's minute takes: nothing is kept more coarsely than that */
  constructor(minuteMs = MINUTE_MS) {
    this.#minuteMs = minuteMs;
  }

  /** Takes a measurement of the tank's own. */
  record(measurement: Measurement): void {
    const { at, value, unit } = measurement;
    if (at >= this.#nextSweep) this.#sweep(at);
    addValue(
      this.#recall(measurement).bucket(at, { unit, seconds: this.#minuteMs / 1000 }),
      value,
      1,
    );
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
    this.#remembered = new WeakMap();
  }

  #recall(measurement: Measurement): Metric {
    const { dimensions, namespace, name, accountId, region } = measurement;
    let known = this.#remembered.get(dimensions);
    const found = known?.get(name);
    if (
      found &&
      found.namespace === namespace &&
      found.region === region &&
      found.accountId === accountId
    ) {
      return found.metric;
    }
    const listed = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
    const metric = this.#metric(measurement, { namespace, name, dimensions: listed });
    if (!known) {
      known = new Map();
      this.#remembered.set(dimensions, known);
    }
    known.set(name, { namespace, accountId, region, metric });
    return metric;
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
    // What was dropped may not be written to from memory.
    this.#remembered = new WeakMap();
  }
}

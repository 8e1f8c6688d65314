import type { Measurement, Meter, MetricSink, MetricSource } from "../../emulator/core/metrics.ts";

/** Keeps what a service measures, in its order. */
export class Measured implements MetricSink {
  readonly all: (MetricSource & Measurement)[] = [];

  meter(source: MetricSource): Meter {
    return { record: (measurement) => this.all.push({ ...source, ...measurement }) };
  }

  /** Each metric's latest value and unit. */
  told(): Record<string, [value: number, unit: string]> {
    return Object.fromEntries(this.all.map(({ name, value, unit }) => [name, [value, unit]]));
  }
}

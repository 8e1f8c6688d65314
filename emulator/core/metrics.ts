import type { Scope } from "./service.ts";

/** CloudWatch's units, as far as the tank's own metrics use them. */
export type MetricUnit =
  | "Bytes"
  | "Count"
  | "Microseconds"
  | "Milliseconds"
  | "None"
  | "Percent"
  | "Seconds";

/** What AWS's own metrics are about: a stream, a function, an endpoint's variant. */
export interface MetricSource extends Scope {
  /** "AWS/Kinesis", "AWS/Lambda"… */
  readonly namespace: string;
  /** In AWS's names: `{ StreamName: "rides" }`. */
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: MetricUnit;
  /** Epoch ms. */
  readonly at: number;
}

/** Takes the measurements of one source. */
export interface Meter {
  record(measurement: Measurement): void;
}

/** Who keeps measurements: CloudWatch, where there is one. */
export interface MetricSink {
  meter(source: MetricSource): Meter;
}

/** One meter for each thing that is measured, kept as long as the thing. */
export class Meters<Thing extends object> {
  readonly #sink: MetricSink | undefined;
  readonly #sourceOf: (thing: Thing) => MetricSource;
  readonly #meters = new WeakMap<Thing, Meter>();

  /** Without a sink nothing is kept. */
  constructor(sink: MetricSink | undefined, sourceOf: (thing: Thing) => MetricSource) {
    this.#sink = sink;
    this.#sourceOf = sourceOf;
  }

  of(thing: Thing): Meter {
    let meter = this.#meters.get(thing);
    if (!meter) {
      meter = this.#sink?.meter(this.#sourceOf(thing)) ?? NO_METER;
      this.#meters.set(thing, meter);
    }
    return meter;
  }
}

const NO_METER: Meter = { record: () => undefined };

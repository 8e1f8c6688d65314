/** CloudWatch's units, as far as the tank's own metrics use them. */
export type MetricUnit =
  | "Bytes"
  | "Count"
  | "Microseconds"
  | "Milliseconds"
  | "None"
  | "Percent"
  | "Seconds";

/** One measurement of AWS's own metrics, as a service makes it. */
export interface Measurement {
  /** "AWS/Kinesis", "AWS/Lambda"… */
  readonly namespace: string;
  readonly name: string;
  /** In AWS's names: `{ StreamName: "rides" }`. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  readonly unit: MetricUnit;
  /** Whose resource it is about. */
  readonly accountId: string;
  readonly region: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Who keeps measurements: CloudWatch, where there is one. */
export interface MetricSink {
  record(measurement: Measurement): void;
}

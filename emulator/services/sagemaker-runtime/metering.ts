import type { Meter, MetricSink, MetricUnit } from "../../core/metrics.ts";
import type { Scope } from "../../core/service.ts";
import type { InvokableVariant } from "./endpoint-lookup.ts";

/** One invocation of a variant. */
interface Invoked {
  readonly endpointName: string;
  readonly scope: Scope;
  /** When the invocation came, and when the model was asked and had answered; epoch ms. */
  readonly startedAt: number;
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly endedAt: number;
  /** What the model answered; 500 when it did not. */
  readonly status: number;
}

/**
 * AWS's own metrics of endpoints.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
export class EndpointMetering {
  readonly #sink: MetricSink | undefined;
  readonly #meters = new WeakMap<InvokableVariant, Meter>();

  constructor(sink: MetricSink | undefined) {
    this.#sink = sink;
  }

  invoked(variant: InvokableVariant, invoked: Invoked): void {
    const meter = this.#meterOf(variant, invoked);
    if (!meter) return;
    const { startedAt: at, askedAt, answeredAt, endedAt, status } = invoked;
    const record = (name: string, value: number, unit: MetricUnit) =>
      meter.record({ name, value, unit, at });
    const modelMs = answeredAt - askedAt;
    record("Invocations", 1, "None");
    record("InvocationsPerInstance", 1 / Math.max(1, variant.instanceCount ?? 1), "None");
    record("ModelLatency", modelMs * 1000, "Microseconds");
    record("OverheadLatency", (endedAt - at - modelMs) * 1000, "Microseconds");
    record("Invocation4XXErrors", status >= 400 && status < 500 ? 1 : 0, "None");
    record("Invocation5XXErrors", status >= 500 ? 1 : 0, "None");
    record("InvocationModelErrors", status < 200 || status > 299 ? 1 : 0, "None");
  }

  #meterOf(variant: InvokableVariant, { endpointName, scope }: Invoked): Meter | undefined {
    const known = this.#meters.get(variant);
    if (known || !this.#sink) return known;
    const { accountId, region } = scope;
    const dimensions = { EndpointName: endpointName, VariantName: variant.name };
    const meter = this.#sink.meter({ namespace: "AWS/SageMaker", dimensions, accountId, region });
    this.#meters.set(variant, meter);
    return meter;
  }
}

import type { MetricSink, MetricUnit } from "../../core/metrics.ts";
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
  /** One object for each variant: the sink finds a metric again by it. */
  readonly #dimensions = new WeakMap<InvokableVariant, Readonly<Record<string, string>>>();

  constructor(sink: MetricSink | undefined) {
    this.#sink = sink;
  }

  invoked(variant: InvokableVariant, invoked: Invoked): void {
    const sink = this.#sink;
    if (!sink) return;
    const { endpointName, scope, startedAt, askedAt, answeredAt, endedAt, status } = invoked;
    let dimensions = this.#dimensions.get(variant);
    if (!dimensions) {
      dimensions = { EndpointName: endpointName, VariantName: variant.name };
      this.#dimensions.set(variant, dimensions);
    }
    const { accountId, region } = scope;
    const common = { namespace: "AWS/SageMaker", dimensions, accountId, region, at: startedAt };
    const record = (name: string, value: number, unit: MetricUnit) =>
      sink.record({ ...common, name, value, unit });
    const modelMs = answeredAt - askedAt;
    record("Invocations", 1, "None");
    record("InvocationsPerInstance", 1 / Math.max(1, variant.instanceCount ?? 1), "None");
    record("ModelLatency", modelMs * 1000, "Microseconds");
    record("OverheadLatency", (endedAt - startedAt - modelMs) * 1000, "Microseconds");
    record("Invocation4XXErrors", status >= 400 && status < 500 ? 1 : 0, "None");
    record("Invocation5XXErrors", status >= 500 ? 1 : 0, "None");
    record("InvocationModelErrors", status < 200 || status > 299 ? 1 : 0, "None");
  }
}

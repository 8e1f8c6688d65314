import type { MetricSink, MetricUnit } from "../../core/metrics.ts";
import type { Scope } from "../../core/service.ts";
import type { Queue } from "./async-invocations.ts";

const NAMESPACE = "AWS/SageMaker";

/**
 * AWS's metrics of asynchronous endpoints.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html
 */
export class AsyncMetering {
  readonly #sink: MetricSink | undefined;

  constructor(sink: MetricSink | undefined) {
    this.#sink = sink;
  }

  /** DIFFERS: by the endpoint alone, since one request may fail before any variant is chosen. */
  of(
    { accountId, region }: Scope,
    { endpointName, at }: { endpointName: string; at: number },
  ): (name: string, value: number, unit: MetricUnit) => void {
    const dimensions = { EndpointName: endpointName };
    const meter = this.#sink?.meter({ namespace: NAMESPACE, dimensions, accountId, region });
    return (name, value, unit) => meter?.record({ name, value, unit, at });
  }

  backlog(
    { scope, endpointName, waiting, underWay }: Queue,
    { instanceCount, now }: { instanceCount: number; now: number },
  ): void {
    const record = this.of(scope, { endpointName, at: now });
    const size = waiting.length + underWay.size;
    const oldest = waiting[0]?.receivedAt ?? now;
    record("ApproximateBacklogSize", size, "Count");
    record("ApproximateBacklogSizePerInstance", size / Math.max(1, instanceCount), "Count");
    record("HasBacklogWithoutCapacity", size > 0 && instanceCount === 0 ? 1 : 0, "Count");
    record("ApproximateAgeOfOldestRequest", (now - oldest) / 1000, "Seconds");
  }
}

import type { Clock } from "../../../core/clock.ts";
import type { MetricSink } from "../../../core/metrics.ts";
import type { Scope } from "../../../core/service.ts";
import type { InstanceUsage } from "../hosting/model-host.ts";

export interface Metered {
  readonly metrics: MetricSink | undefined;
  readonly clock: Clock;
  /** How long CloudWatch's minute is. */
  readonly periodMs: number;
  readonly endpointName: string;
  readonly variantName: string;
  readonly scope: Scope;
  /** What an instance uses, where that is known. */
  usage(): InstanceUsage | undefined;
  /** How many models a multi-model container has loaded; `undefined` for any other. */
  loadedCount(): number | undefined;
}

const NOTHING = ["Invocations", "InvocationsPerInstance"];

/**
 * What AWS reports of a variant each minute, whether it is invoked or not: zeros, without which nothing
 * would ever scale an idle one in, and what its instances use.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-prerequisites.html
 * https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
export function meterVariant(variant: Metered): Disposable {
  const { metrics, clock, periodMs, endpointName, variantName, usage } = variant;
  if (!metrics) return { [Symbol.dispose]: () => undefined };
  const { accountId, region } = variant.scope;
  const dimensions = { EndpointName: endpointName, VariantName: variantName };
  const common = { dimensions, accountId, region };
  const invocations = metrics.meter({ ...common, namespace: "AWS/SageMaker" });
  const instances = metrics.meter({ ...common, namespace: "/aws/sagemaker/Endpoints" });
  const report = () => {
    const at = clock.now();
    for (const name of NOTHING) invocations.record({ name, value: 0, unit: "None", at });
    const value = variant.loadedCount();
    if (value !== undefined)
      instances.record({ name: "LoadedModelCount", value, unit: "None", at });
    const used = usage();
    if (!used) return;
    const percent = (name: string, value: number) =>
      instances.record({ name, value, unit: "Percent", at });
    percent("CPUUtilization", used.cpuPercent);
    percent("MemoryUtilization", used.memoryPercent);
    percent("DiskUtilization", used.diskPercent);
  };
  report();
  return clock.every(periodMs, report);
}

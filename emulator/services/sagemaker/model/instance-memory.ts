/**
 * The memory of an instance type in MiB: its vCPUs times what its family has for each. `undefined` for types
 * whose memory follows no such rule.
 * https://aws.amazon.com/sagemaker/ai/pricing/
 */
export function instanceMemoryMb(instanceType: string): number | undefined {
  const [, family = "", size = ""] = /^ml\.([a-z]+)\d\w*\.(\w+)$/.exec(instanceType) ?? [];
  const perCpuGib = GIB_PER_CPU[family];
  const cpus = SMALL_CPUS[size] ?? 4 * Number(/^(\d+)xlarge$/.exec(size)?.[1] ?? Number.NaN);
  if (perCpuGib === undefined || Number.isNaN(cpus)) return undefined;
  return perCpuGib * cpus * 1024;
}

const GIB_PER_CPU: Readonly<Record<string, number>> = { c: 2, g: 4, m: 4, r: 8 };
const SMALL_CPUS: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };

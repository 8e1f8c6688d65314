import type { Bucket } from "./bucket.ts";

/** Computes one number of a period; nothing when the period does not tell. */
export type Statistic = (bucket: Bucket) => number | undefined;

const SIMPLE: Readonly<Record<string, Statistic>> = {
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => (count === 0 ? undefined : sum / count),
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
};

/** `Average`, `p99.9`…; nothing for others (`tm`, `wm`, `tc`, `ts`, `pr` and `IQM`), which are not emulated. */
export function statistic(name: string): Statistic | undefined {
  if (Object.hasOwn(SIMPLE, name)) return SIMPLE[name];
  const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100(?:\.0+)?)$/.exec(name)?.[1];
  if (percent === undefined) return undefined;
  return ({ values }) => values?.percentile(Number(percent));
}

export const SIMPLE_STATISTICS = Object.keys(SIMPLE);

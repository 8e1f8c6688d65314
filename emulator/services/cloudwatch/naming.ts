import type { Dimension } from "@aws-sdk/client-cloudwatch";
import type { MetricDimension } from "./model/metric.ts";

/** Dimensions as requests name them. */
export function dimensionsOf(
  dimensions: readonly {
    readonly Name?: string | undefined;
    readonly Value?: string | undefined;
  }[] = [],
): MetricDimension[] {
  return dimensions.map(({ Name = "", Value = "" }) => ({ name: Name, value: Value }));
}

/** Dimensions as answers name them. */
export function namedDimensions(dimensions: readonly MetricDimension[]): Dimension[] {
  return dimensions.map(({ name, value }) => ({ Name: name, Value: value }));
}

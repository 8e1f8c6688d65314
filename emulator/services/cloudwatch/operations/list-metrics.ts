import {
  type DimensionFilter,
  ListMetrics$,
  type ListMetricsInput,
  type ListMetricsOutput,
} from "@aws-sdk/client-cloudwatch";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { CloudWatchEngine } from "../engine.ts";
import { invalidNextToken, notEmulated } from "../errors.ts";
import {
  dimensionFilters,
  LIST_METRICS_PAGE,
  LISTED_MS,
  metricName,
  namespace,
  recentlyActive,
} from "../limits.ts";
import type { Metric } from "../model/metric.ts";
import { namedDimensions } from "../naming.ts";

const RECENTLY_MS = 3 * 3_600_000;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
export const ListMetrics = operation<CloudWatchEngine, ListMetricsInput, ListMetricsOutput>({
  schema: ListMetrics$,
  limits: {
    Namespace: namespace,
    MetricName: metricName,
    Dimensions: dimensionFilters,
    RecentlyActive: recentlyActive,
  },
  handle({ metrics }, input, call) {
    if (input.IncludeLinkedAccounts) throw notEmulated("IncludeLinkedAccounts");
    if (input.OwningAccount) throw notEmulated("OwningAccount");
    const { Namespace, MetricName, Dimensions = [], NextToken } = input;
    const after = NextToken === undefined ? undefined : decodeToken(NextToken);
    if (NextToken !== undefined && typeof after !== "string") throw invalidNextToken();
    const since = call.clock.now() - (input.RecentlyActive ? RECENTLY_MS : LISTED_MS);
    const listed = metrics
      .list(call)
      .filter(
        ([, metric]) =>
          metric.lastAt >= since &&
          (Namespace === undefined || metric.namespace === Namespace) &&
          (MetricName === undefined || metric.name === MetricName) &&
          Dimensions.every((filter) => has(metric, filter)),
      );
    const page = paginate(listed, {
      limit: LIST_METRICS_PAGE,
      ...(typeof after === "string" && { after: ([key]) => key > after }),
    });
    return {
      Metrics: page.items.map(([, { namespace, name, dimensions }]) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: namedDimensions(dimensions),
      })),
      ...(page.next && { NextToken: encodeToken(page.next[0]) }),
    };
  },
  summarize: (_input, { Metrics }) => `${Metrics?.length} metrics`,
});

/** A filter without a value asks only that the dimension is there. */
function has({ dimensions }: Metric, { Name, Value }: DimensionFilter): boolean {
  return dimensions.some(
    ({ name, value }) => name === Name && (Value === undefined || value === Value),
  );
}

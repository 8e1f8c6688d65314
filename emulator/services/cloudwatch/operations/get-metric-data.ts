import {
  GetMetricData$,
  type GetMetricDataInput,
  type GetMetricDataOutput,
  type MetricDataResult,
} from "@aws-sdk/client-cloudwatch";
import { decodeToken, encodeToken } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { CloudWatchEngine } from "../engine.ts";
import { invalidNextToken, startNotBeforeEnd } from "../errors.ts";
import { MAX_DATA_DATAPOINTS, maxDatapoints, metricDataQueries, scanBy } from "../limits.ts";
import { assertQueries, computeQueries } from "../queries.ts";

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
export const GetMetricData = operation<CloudWatchEngine, GetMetricDataInput, GetMetricDataOutput>({
  schema: GetMetricData$,
  limits: { MetricDataQueries: metricDataQueries, ScanBy: scanBy, MaxDatapoints: maxDatapoints },
  handle({ metrics }, input, call) {
    const { MetricDataQueries: queries, MaxDatapoints = MAX_DATA_DATAPOINTS } = input;
    const from = input.StartTime.getTime();
    const end = input.EndTime.getTime();
    if (from >= end) throw startNotBeforeEnd();
    assertQueries(queries);
    // UNCONFIRMED: that a start inside a period is rounded down to the period's.
    const span = { end, startFor: (periodMs: number) => from - (from % periodMs) };
    const series = computeQueries(metrics, call, { queries, span });

    const isAscending = input.ScanBy === "TimestampAscending";
    let skip = skipped(input.NextToken);
    let room = Math.min(MaxDatapoints, MAX_DATA_DATAPOINTS);
    const skipNext = skip + room;
    let total = 0;
    const results = queries
      .filter(({ ReturnData }) => ReturnData !== false)
      .map(({ Id, Label, MetricStat }): MetricDataResult => {
        const points = [...(series.get(Id) ?? [])].sort(([a], [b]) =>
          isAscending ? a - b : b - a,
        );
        total += points.length;
        const page = points.slice(skip, skip + room);
        const isCut = points.length > skip + page.length;
        skip = Math.max(0, skip - points.length);
        room -= page.length;
        return {
          Id,
          Label: Label ?? MetricStat?.Metric.MetricName ?? Id,
          Timestamps: page.map(([at]) => new Date(at)),
          Values: page.map(([, value]) => value),
          StatusCode: isCut ? "PartialData" : "Complete",
        };
      });
    return {
      MetricDataResults: results,
      Messages: [],
      ...(total > skipNext && { NextToken: encodeToken({ skip: skipNext }) }),
    };
  },
  summarize: ({ MetricDataQueries }) => `${MetricDataQueries.length} queries`,
});

/** How many datapoints earlier pages have told. */
function skipped(token: string | undefined): number {
  if (token === undefined) return 0;
  const skip = (decodeToken(token) as { skip?: unknown } | undefined)?.skip;
  if (typeof skip !== "number") throw invalidNextToken();
  return skip;
}

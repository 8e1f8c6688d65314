import {
  type Datapoint,
  GetMetricStatistics$,
  type GetMetricStatisticsInput,
  type GetMetricStatisticsOutput,
  type StandardUnit,
} from "@aws-sdk/client-cloudwatch";
import { operation } from "../../../core/service.ts";
import type { CloudWatchEngine } from "../engine.ts";
import {
  invalidStatistic,
  startNotBeforeEnd,
  statisticMissing,
  tooManyDatapoints,
} from "../errors.ts";
import {
  dimensions,
  extendedStatistics,
  MAX_DATAPOINTS,
  metricName,
  namespace,
  period,
  statistics,
  unit,
} from "../limits.ts";
import type { Bucket } from "../model/bucket.ts";
import { statistic } from "../model/statistic.ts";
import { dimensionsOf } from "../naming.ts";
import { assertPeriod } from "../queries.ts";

const MINUTE_MS = 60_000;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
export const GetMetricStatistics = operation<
  CloudWatchEngine,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput
>({
  schema: GetMetricStatistics$,
  limits: {
    Namespace: namespace,
    MetricName: metricName,
    Dimensions: dimensions,
    Period: period,
    Statistics: statistics,
    ExtendedStatistics: extendedStatistics,
    Unit: unit,
  },
  handle({ metrics }, input, call) {
    const { Statistics = [], ExtendedStatistics = [], Period, Unit } = input;
    if (Statistics.length + ExtendedStatistics.length === 0) throw statisticMissing();
    for (const name of ExtendedStatistics) if (!statistic(name)) throw invalidStatistic(name);
    assertPeriod(Period);
    const periodMs = Period * 1000;
    const from = input.StartTime.getTime();
    const end = input.EndTime.getTime();
    if (from >= end) throw startNotBeforeEnd();
    const asked = Math.ceil((end - from) / periodMs);
    if (asked > MAX_DATAPOINTS) throw tooManyDatapoints(asked, MAX_DATAPOINTS);
    // A start is rounded down to a whole minute, or to a whole shorter period.
    const window = { start: from - (from % Math.min(MINUTE_MS, periodMs)), end, periodMs };
    const metric = metrics.find(call, {
      namespace: input.Namespace,
      name: input.MetricName,
      dimensions: dimensionsOf(input.Dimensions),
    });
    const units = metric?.units.filter((name) => Unit === undefined || name === Unit) ?? [];
    const Datapoints = units.flatMap((name) =>
      [...(metric?.periods(window, name) ?? [])].map(([at, bucket]) =>
        datapoint({ at, bucket, unit: name, Statistics, ExtendedStatistics }),
      ),
    );
    return { Label: input.MetricName, Datapoints };
  },
  summarize: ({ Namespace, MetricName }, { Datapoints }) =>
    `${Namespace} ${MetricName} · ${Datapoints?.length} datapoints`,
});

function datapoint(options: {
  at: number;
  bucket: Bucket;
  unit: string;
  Statistics: readonly string[];
  ExtendedStatistics: readonly string[];
}): Datapoint {
  const { at, bucket, Statistics, ExtendedStatistics } = options;
  const values = (names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = statistic(name)?.(bucket);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  return {
    Timestamp: new Date(at),
    ...values(Statistics),
    ...(ExtendedStatistics.length > 0 && { ExtendedStatistics: values(ExtendedStatistics) }),
    Unit: options.unit as StandardUnit,
  };
}

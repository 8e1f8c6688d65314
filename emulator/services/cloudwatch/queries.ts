import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { Checked, Scope } from "../../core/service.ts";
import {
  duplicateId,
  invalidExpression,
  invalidPeriod,
  invalidStatistic,
  notEmulated,
  queryNeedsOneSource,
} from "./errors.ts";
import type { Metrics } from "./metrics.ts";
import { compute, ExpressionFault, type Points } from "./model/expression.ts";
import { statistic } from "./model/statistic.ts";
import { dimensionsOf } from "./naming.ts";

export type Query = Checked<MetricDataQuery>;

/** A stretch of time to compute queries over; `align` gives the start for each period. */
export interface Span {
  readonly end: number;
  startFor(periodMs: number): number;
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricStat.html
const SHORT_PERIODS = [1, 5, 10, 20, 30];

const MINUTE_MS = 60_000;
const ADDING_UP = new Set(["Sum", "SampleCount"]);

/** @throws AwsError unless the period is one that CloudWatch has */
export function assertPeriod(seconds: number): void {
  if (!SHORT_PERIODS.includes(seconds) && seconds % 60 !== 0) throw invalidPeriod();
}

/** @throws AwsError for a query that is faulty or not emulated */
export function assertQueries(queries: readonly Query[]): void {
  const ids = new Set<string>();
  for (const { Id, MetricStat, Expression, AccountId, Label } of queries) {
    if (ids.has(Id)) throw duplicateId(Id);
    ids.add(Id);
    if ((MetricStat === undefined) === (Expression === undefined)) throw queryNeedsOneSource(Id);
    if (AccountId !== undefined) throw notEmulated("AccountId");
    if (Label?.includes("${")) throw notEmulated("a dynamic Label");
    if (!MetricStat) continue;
    assertPeriod(MetricStat.Period);
    if (!statistic(MetricStat.Stat)) throw invalidStatistic(MetricStat.Stat);
  }
}

/** Computes each query's points, metrics first and then expressions in their order. */
export function computeQueries(
  metrics: Metrics,
  scope: Scope,
  {
    queries,
    span,
    minuteMs = MINUTE_MS,
  }: {
    queries: readonly Query[];
    span: Span;
    /** How long a period of 60 seconds takes; what adds up over it is told as of a whole minute. */
    minuteMs?: number;
  },
): ReadonlyMap<string, Points> {
  const series = new Map<string, Points>();
  for (const { Id, MetricStat } of queries) {
    if (!MetricStat) continue;
    const { Metric, Period, Stat, Unit } = MetricStat;
    const periodMs = Math.max(1, Math.round((Period * minuteMs) / 60));
    const scale = ADDING_UP.has(Stat) ? MINUTE_MS / minuteMs : 1;
    const name = {
      namespace: Metric.Namespace ?? "",
      name: Metric.MetricName ?? "",
      dimensions: dimensionsOf(Metric.Dimensions),
    };
    const window = { start: span.startFor(periodMs), end: span.end, periodMs };
    const points = new Map<number, number>();
    for (const [at, bucket] of metrics.find(scope, name)?.periods(window, Unit) ?? []) {
      const value = statistic(Stat)?.(bucket);
      if (value !== undefined) points.set(at, value * scale);
    }
    series.set(Id, points);
  }
  const periods = queries.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Period] : []));
  const periodSeconds = Math.max(60, ...periods);
  const operands = {
    series,
    periodSeconds,
    periods: periodsOf(span, Math.max(1, Math.round((periodSeconds * minuteMs) / 60))),
  };
  for (const { Id, Expression } of queries) {
    if (Expression === undefined) continue;
    series.set(Id, computed(Expression, operands));
  }
  return series;
}

function computed(expression: string, operands: Parameters<typeof compute>[1]): Points {
  try {
    return compute(expression, operands);
  } catch (fault) {
    if (fault instanceof ExpressionFault) throw invalidExpression(expression, fault.message);
    throw fault;
  }
}

/** More periods than an answer may have are nobody's business. */
const MAX_PERIODS = 100_800;

function periodsOf({ startFor, end }: Span, periodMs: number): number[] {
  const start = startFor(periodMs);
  const count = Math.min(MAX_PERIODS, Math.max(0, Math.ceil((end - start) / periodMs)));
  return Array.from({ length: count }, (_, index) => start + index * periodMs);
}

import { PutMetricAlarm$, type PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch";
import { arn } from "../../../core/arn.ts";
import { operation } from "../../../core/service.ts";
import type { AskedAlarm } from "../alarms.ts";
import type { CloudWatchEngine } from "../engine.ts";
import {
  alarmMemberMissing,
  alarmMetricUnclear,
  alarmTooLong,
  datapointsExceedPeriods,
  noQueryReturns,
  notEmulated,
} from "../errors.ts";
import {
  actions,
  alarmName,
  comparison,
  description,
  dimensions,
  evaluationPeriods,
  metricDataQueries,
  metricName,
  namespace,
  period,
  simpleStatistic,
  treatMissingData,
  unit,
} from "../limits.ts";
import type { Comparison, MissingData } from "../model/evaluation.ts";
import { assertQueries, type Query } from "../queries.ts";

/** Members that would change what an alarm does. */
const UNEMULATED = [
  "EvaluateLowSampleCountPercentile",
  "ThresholdMetricId",
  "EvaluationWindow",
  "WarmUpConfiguration",
  "EvaluationCriteria",
  "EvaluationInterval",
  "ActionConfiguration",
  "Tags",
] as const;
const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
export const PutMetricAlarm = operation<CloudWatchEngine, PutMetricAlarmInput, void>({
  schema: PutMetricAlarm$,
  limits: {
    AlarmName: alarmName,
    AlarmDescription: description,
    OKActions: actions,
    AlarmActions: actions,
    InsufficientDataActions: actions,
    MetricName: metricName,
    Namespace: namespace,
    Statistic: simpleStatistic,
    Dimensions: dimensions,
    Period: period,
    Unit: unit,
    EvaluationPeriods: evaluationPeriods,
    DatapointsToAlarm: evaluationPeriods,
    ComparisonOperator: comparison,
    TreatMissingData: treatMissingData,
    Metrics: metricDataQueries,
  },
  handle({ alarms }, input, call) {
    for (const name of UNEMULATED) if (input[name] !== undefined) throw notEmulated(name);
    const { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator } = input;
    if (EvaluationPeriods === undefined) throw alarmMemberMissing("EvaluationPeriods");
    if (Threshold === undefined) throw alarmMemberMissing("Threshold");
    if (ComparisonOperator === undefined) throw alarmMemberMissing("ComparisonOperator");
    const { DatapointsToAlarm = EvaluationPeriods } = input;
    if (DatapointsToAlarm > EvaluationPeriods) throw datapointsExceedPeriods();

    const queries = input.Metrics ?? [singleQuery(input)];
    if (input.Metrics && (input.MetricName || input.Statistic)) throw alarmMetricUnclear();
    assertQueries(queries);
    const [watched, another] = queries.filter(({ ReturnData }) => ReturnData !== false);
    if (!watched || another) throw noQueryReturns();
    const periods = queries.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Period] : []));
    const periodSeconds = Math.max(...(periods.length > 0 ? periods : [60]));
    const maxSeconds = periodSeconds < HOUR_SECONDS ? DAY_SECONDS : 7 * DAY_SECONDS;
    if (periodSeconds * EvaluationPeriods > maxSeconds) throw alarmTooLong();

    alarms.put(call, {
      name: AlarmName,
      arn: arn("cloudwatch", call, `alarm:${AlarmName}`),
      asked: input,
      queries,
      watched: watched.Id,
      periodSeconds,
      condition: {
        comparison: ComparisonOperator as Comparison,
        threshold: Threshold,
        evaluationPeriods: EvaluationPeriods,
        datapointsToAlarm: DatapointsToAlarm,
        missing: (input.TreatMissingData ?? "missing") as MissingData,
      },
    });
  },
  summarize: ({ AlarmName }) => AlarmName,
});

/** An alarm on one metric as the query that it is. */
function singleQuery(input: AskedAlarm): Query {
  const { MetricName, Namespace, Dimensions = [], Period, Unit } = input;
  if (MetricName === undefined || Namespace === undefined) throw alarmMetricUnclear();
  const stat = input.Statistic ?? input.ExtendedStatistic;
  if (stat === undefined) throw alarmMemberMissing("Statistic");
  if (Period === undefined) throw alarmMemberMissing("Period");
  return {
    Id: "m1",
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions },
      Period,
      Stat: stat,
      ...(Unit !== undefined && { Unit }),
    },
  };
}

import { arn } from "../../core/arn.ts";
import type { Scope } from "../../core/service.ts";
import type { Alarm, AskedAlarm } from "./alarms.ts";
import {
  alarmMemberMissing,
  alarmMetricUnclear,
  alarmTooLong,
  datapointsExceedPeriods,
  noQueryReturns,
} from "./errors.ts";
import type { Comparison, MissingData } from "./model/evaluation.ts";
import { assertQueries, type Query } from "./queries.ts";

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

/** What the tank computes an alarm with. @throws AwsError for an alarm that is faulty or not emulated */
export function settingsOf(input: AskedAlarm, scope: Scope): AlarmDefinition {
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

  return {
    name: AlarmName,
    arn: arn("cloudwatch", scope, `alarm:${AlarmName}`),
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
  };
}

/** An alarm without what becomes of it. */
export type AlarmDefinition = Pick<
  Alarm,
  "name" | "arn" | "asked" | "queries" | "watched" | "periodSeconds" | "condition"
>;

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

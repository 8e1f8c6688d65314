import { PutMetricAlarm$, type PutMetricAlarmInput } from "@aws-sdk/client-cloudwatch";
import { operation } from "../../../core/service.ts";
import type { CloudWatchEngine } from "../engine.ts";
import { notEmulated } from "../errors.ts";
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
  handle(cloudwatch, input, call) {
    for (const name of UNEMULATED) if (input[name] !== undefined) throw notEmulated(name);
    cloudwatch.putAlarm(call, input);
  },
  summarize: ({ AlarmName }) => AlarmName,
});

import { type PutMetricAlarmInput, PutMetricAlarmInput$ } from "@aws-sdk/client-cloudwatch";
import { arn } from "../../core/arn.ts";
import { resourceType } from "../resource-type.ts";
import { membersOf } from "../shape.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
export const cloudWatchAlarm = resourceType<PutMetricAlarmInput>({
  type: "AWS::CloudWatch::Alarm",
  honoured: membersOf(PutMetricAlarmInput$, [
    "ActionsEnabled",
    "AlarmActions",
    "AlarmDescription",
    "AlarmName",
    "ComparisonOperator",
    "DatapointsToAlarm",
    "Dimensions",
    "EvaluationPeriods",
    "ExtendedStatistic",
    "InsufficientDataActions",
    "MetricName",
    "Metrics",
    "Namespace",
    "OKActions",
    "Period",
    "Statistic",
    "Threshold",
    "TreatMissingData",
    "Unit",
  ]),
  kept: ["Tags"],
  notEmulated: [
    "EvaluateLowSampleCountPercentile",
    "EvaluationCriteria",
    "EvaluationInterval",
    "ThresholdMetricId",
  ],
  attributes: ["Arn"],
  namedBy: "AlarmName",
  replacedBy: ["AlarmName"],

  async create({ values, generatedName }, api) {
    const AlarmName = values.AlarmName ?? generatedName(255);
    await api.call("cloudwatch", "PutMetricAlarm", { ...values, AlarmName });
    return {
      physicalId: AlarmName,
      attributes: { Arn: arn("cloudwatch", api.scope, `alarm:${AlarmName}`) },
    };
  },

  async update({ values }, { api, created: { physicalId: AlarmName } }) {
    await api.call("cloudwatch", "PutMetricAlarm", { ...values, AlarmName });
    return undefined;
  },

  async delete({ physicalId }, api) {
    await api.call("cloudwatch", "DeleteAlarms", { AlarmNames: [physicalId] });
  },
});

import { list, oneOf, range, structure, text } from "../../core/limits.ts";
import { SIMPLE_STATISTICS } from "./model/statistic.ts";

// Lengths and ranges: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html
export const namespace = text({ min: 1, max: 255 });
export const metricName = text({ min: 1, max: 255 });
export const unit = oneOf(
  "Seconds Microseconds Milliseconds Bytes Kilobytes Megabytes Gigabytes Terabytes Bits Kilobits Megabits Gigabits Terabits Percent Count Bytes/Second Kilobytes/Second Megabytes/Second Gigabytes/Second Terabytes/Second Bits/Second Kilobits/Second Megabits/Second Gigabits/Second Terabits/Second Count/Second None".split(
    " ",
  ),
);
const dimension = structure({
  Name: text({ min: 1, max: 255 }),
  Value: text({ min: 1, max: 1024 }),
});
export const dimensions = list({ max: 30, each: dimension });
export const dimensionFilters = list({ max: 10, each: dimension });
export const statistics = list({ min: 1, max: 5, each: oneOf(SIMPLE_STATISTICS) });
export const extendedStatistics = list({ min: 1, max: 10 });
export const period = range(1, Number.POSITIVE_INFINITY);

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
export const MAX_VALUE = 2 ** 360;
export const MAX_PAST_MS = 14 * 86_400_000;
export const MAX_FUTURE_MS = 2 * 3_600_000;
export const metricData = list({
  max: 1_000,
  each: structure({
    MetricName: metricName,
    Dimensions: dimensions,
    Values: list({ max: 150 }),
    Counts: list({ max: 150 }),
    Unit: unit,
    StorageResolution: range(1, Number.POSITIVE_INFINITY),
  }),
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
export const MAX_DATAPOINTS = 1_440;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
export const MAX_DATA_DATAPOINTS = 100_800;
export const maxDatapoints = range(1, Number.POSITIVE_INFINITY);
export const scanBy = oneOf(["TimestampDescending", "TimestampAscending"]);
export const metricDataQueries = list({
  max: 500,
  each: structure({ Id: text({ min: 1, max: 255, pattern: "[a-z][a-zA-Z0-9_]*" }) }),
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
export const LIST_METRICS_PAGE = 500;
/** Metrics without data for longer are no longer listed. */
export const LISTED_MS = 14 * 86_400_000;
export const recentlyActive = oneOf(["PT3H"]);

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
export const alarmName = text({ min: 1, max: 255 });
export const comparison = oneOf([
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
]);
export const treatMissingData = oneOf(["breaching", "notBreaching", "ignore", "missing"]);
export const simpleStatistic = oneOf(SIMPLE_STATISTICS);
export const evaluationPeriods = range(1, Number.POSITIVE_INFINITY);
export const actions = list({ max: 5, each: text({ min: 1, max: 1024 }) });
export const description = text({ max: 1024 });
export const stateValue = oneOf(["OK", "ALARM", "INSUFFICIENT_DATA"]);
export const stateReason = text({ max: 1023 });
export const stateReasonData = text({ max: 4000 });
export const alarmNames = list({ max: 100, each: alarmName });
export const alarmsPage = range(1, 100);
export const ALARMS_PAGE = 50;
/** AWS keeps history for 30 days; an alarm's last changes are enough here. */
export const HISTORY_ITEMS = 500;

import {
  DescribeAlarmHistory$,
  type DescribeAlarmHistoryInput,
  type DescribeAlarmHistoryOutput,
} from "@aws-sdk/client-cloudwatch";
import { decodeToken, encodeToken } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { CloudWatchEngine } from "../engine.ts";
import { invalidNextToken } from "../errors.ts";
import { alarmName, alarmsPage, scanBy } from "../limits.ts";

const HISTORY_PAGE = 100;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
export const DescribeAlarmHistory = operation<
  CloudWatchEngine,
  DescribeAlarmHistoryInput,
  DescribeAlarmHistoryOutput
>({
  schema: DescribeAlarmHistory$,
  limits: { AlarmName: alarmName, MaxRecords: alarmsPage, ScanBy: scanBy },
  handle({ alarms }, input, call) {
    const { AlarmName, HistoryItemType, StartDate, EndDate, NextToken, ScanBy } = input;
    const skip = NextToken === undefined ? 0 : decodeToken(NextToken);
    if (typeof skip !== "number") throw invalidNextToken();
    const items = alarms
      .list(call)
      .filter(({ name }) => AlarmName === undefined || name === AlarmName)
      .flatMap(({ name, history }) => history.map((item) => ({ ...item, name })))
      .filter(
        ({ at, type }) =>
          (HistoryItemType === undefined || type === HistoryItemType) &&
          (!StartDate || at >= StartDate.getTime()) &&
          (!EndDate || at <= EndDate.getTime()),
      )
      .sort((a, b) => a.at - b.at);
    if (ScanBy !== "TimestampAscending") items.reverse();
    const end = skip + (input.MaxRecords ?? HISTORY_PAGE);
    return {
      AlarmHistoryItems: items.slice(skip, end).map(({ name, at, type, summary, data }) => ({
        AlarmName: name,
        AlarmType: "MetricAlarm",
        Timestamp: new Date(at),
        HistoryItemType: type,
        HistorySummary: summary,
        HistoryData: JSON.stringify(data),
      })),
      ...(items.length > end && { NextToken: encodeToken(end) }),
    };
  },
});

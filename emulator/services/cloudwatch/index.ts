import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { CloudWatchEngine } from "./engine.ts";
import { DeleteAlarms } from "./operations/delete-alarms.ts";
import { DescribeAlarmHistory } from "./operations/describe-alarm-history.ts";
import { DescribeAlarms } from "./operations/describe-alarms.ts";
import { GetMetricData } from "./operations/get-metric-data.ts";
import { GetMetricStatistics } from "./operations/get-metric-statistics.ts";
import { ListMetrics } from "./operations/list-metrics.ts";
import { PutMetricAlarm } from "./operations/put-metric-alarm.ts";
import { PutMetricData } from "./operations/put-metric-data.ts";
import { SetAlarmState } from "./operations/set-alarm-state.ts";

export type { AlarmAction, AlarmChange } from "./alarms.ts";
export type { CloudWatchEngine, StatisticsQuery } from "./engine.ts";

/**
 * Amazon CloudWatch: metrics and alarms.
 * @param options `minuteMs`: how long a minute of those alarms takes that call scaling policies
 */
export function cloudwatch(
  context: TankContext,
  { minuteMs }: { minuteMs?: number } = {},
): Service & { readonly engine: CloudWatchEngine } {
  return {
    name: "cloudwatch",
    protocol: "aws-json-1.0",
    speaksRpcCbor: true,
    target: "GraniteServiceVersion20100801",
    query: {
      version: "2010-08-01",
      signingName: "monitoring",
      xmlNamespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
    },
    engine: new CloudWatchEngine(context, minuteMs),
    // AWS takes 1 MB as it travels, which may be compressed.
    maxBodyBytes: 16 * 1024 * 1024,
    model: () => import("@aws-sdk/client-cloudwatch"),
    operations: {
      DeleteAlarms,
      DescribeAlarmHistory,
      DescribeAlarms,
      GetMetricData,
      GetMetricStatistics,
      ListMetrics,
      PutMetricAlarm,
      PutMetricData,
      SetAlarmState,
    },
  };
}

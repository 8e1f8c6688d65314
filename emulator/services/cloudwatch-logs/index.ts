import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { CloudWatchLogsEngine } from "./engine.ts";
import { CreateLogGroup } from "./operations/create-log-group.ts";
import { CreateLogStream } from "./operations/create-log-stream.ts";
import { DeleteLogGroup } from "./operations/delete-log-group.ts";
import { DeleteRetentionPolicy } from "./operations/delete-retention-policy.ts";
import { DescribeLogGroups } from "./operations/describe-log-groups.ts";
import { DescribeLogStreams } from "./operations/describe-log-streams.ts";
import { FilterLogEvents } from "./operations/filter-log-events.ts";
import { GetLogEvents } from "./operations/get-log-events.ts";
import { PutLogEvents } from "./operations/put-log-events.ts";
import { PutRetentionPolicy } from "./operations/put-retention-policy.ts";

export type { CloudWatchLogsEngine } from "./engine.ts";

/** Amazon CloudWatch Logs. */
export function cloudwatchLogs(
  context: TankContext,
): Service & { readonly engine: CloudWatchLogsEngine } {
  return {
    name: "cloudwatch-logs",
    protocol: "aws-json-1.1",
    target: "Logs_20140328",
    engine: new CloudWatchLogsEngine(context),
    validationCode: "InvalidParameterException",
    // A batch of 1 MiB may take six characters a byte in JSON.
    maxBodyBytes: 8 * 1024 * 1024,
    model: () => import("@aws-sdk/client-cloudwatch-logs"),
    operations: {
      CreateLogGroup,
      CreateLogStream,
      DeleteLogGroup,
      DeleteRetentionPolicy,
      DescribeLogGroups,
      DescribeLogStreams,
      FilterLogEvents,
      GetLogEvents,
      PutLogEvents,
      PutRetentionPolicy,
    },
  };
}

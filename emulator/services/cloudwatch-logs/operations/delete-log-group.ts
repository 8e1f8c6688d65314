import { DeleteLogGroup$, type DeleteLogGroupRequest } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../core/service.ts";
import type { CloudWatchLogsEngine } from "../engine.ts";
import { groupName } from "../limits.ts";

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html
export const DeleteLogGroup = operation<CloudWatchLogsEngine, DeleteLogGroupRequest, void>({
  schema: DeleteLogGroup$,
  limits: { logGroupName: groupName },
  handle(logs, { logGroupName }, call) {
    logs.delete(call, logGroupName);
  },
  summarize: ({ logGroupName }) => logGroupName,
});

import {
  DeleteRetentionPolicy$,
  type DeleteRetentionPolicyRequest,
} from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../core/service.ts";
import type { CloudWatchLogsEngine } from "../engine.ts";
import { groupName } from "../limits.ts";

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html
export const DeleteRetentionPolicy = operation<
  CloudWatchLogsEngine,
  DeleteRetentionPolicyRequest,
  void
>({
  schema: DeleteRetentionPolicy$,
  limits: { logGroupName: groupName },
  handle(logs, { logGroupName }, call) {
    logs.group({ logGroupName }, call).retentionDays = undefined;
  },
  summarize: ({ logGroupName }) => logGroupName,
});

import {
  PutRetentionPolicy$,
  type PutRetentionPolicyRequest,
} from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../core/service.ts";
import type { CloudWatchLogsEngine } from "../engine.ts";
import { retentionInvalid } from "../errors.ts";
import { groupName, RETENTION_DAYS } from "../limits.ts";

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
export const PutRetentionPolicy = operation<CloudWatchLogsEngine, PutRetentionPolicyRequest, void>({
  schema: PutRetentionPolicy$,
  limits: { logGroupName: groupName },
  handle(logs, { logGroupName, retentionInDays }, call) {
    if (!RETENTION_DAYS.includes(retentionInDays)) throw retentionInvalid(retentionInDays);
    logs.group({ logGroupName }, call).retentionDays = retentionInDays;
  },
  summarize: ({ logGroupName, retentionInDays }) => `${logGroupName} · ${retentionInDays} days`,
});

import { CreateLogGroup$, type CreateLogGroupRequest } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../core/service.ts";
import type { CloudWatchLogsEngine } from "../engine.ts";
import { notEmulated } from "../errors.ts";
import { groupName } from "../limits.ts";

/** Members that would change what a group does. */
const UNEMULATED = ["kmsKeyId", "tags", "deletionProtectionEnabled"] as const;

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
export const CreateLogGroup = operation<CloudWatchLogsEngine, CreateLogGroupRequest, void>({
  schema: CreateLogGroup$,
  limits: { logGroupName: groupName },
  handle(logs, input, call) {
    for (const name of UNEMULATED) if (input[name]) throw notEmulated(name);
    if (input.logGroupClass && input.logGroupClass !== "STANDARD") {
      throw notEmulated(`logGroupClass ${input.logGroupClass}`);
    }
    logs.create(call, input.logGroupName);
  },
  summarize: ({ logGroupName }) => logGroupName,
});

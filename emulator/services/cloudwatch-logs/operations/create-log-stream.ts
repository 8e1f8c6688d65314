import { CreateLogStream$, type CreateLogStreamRequest } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../core/service.ts";
import type { CloudWatchLogsEngine } from "../engine.ts";
import { streamExists } from "../errors.ts";
import { groupName, streamName } from "../limits.ts";

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
export const CreateLogStream = operation<CloudWatchLogsEngine, CreateLogStreamRequest, void>({
  schema: CreateLogStream$,
  limits: { logGroupName: groupName, logStreamName: streamName },
  handle(logs, { logGroupName, logStreamName }, call) {
    const group = logs.group({ logGroupName }, call);
    if (group.streams.has(logStreamName)) throw streamExists();
    group.stream(logStreamName, call.clock.now());
  },
  summarize: ({ logGroupName, logStreamName }) => `${logGroupName} · ${logStreamName}`,
});

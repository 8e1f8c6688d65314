import {
  DescribeLogStreams$,
  type DescribeLogStreamsRequest,
  type DescribeLogStreamsResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import { decodeToken, encodeToken } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { CloudWatchLogsEngine } from "../engine.ts";
import { invalidToken, prefixNeedsNameOrder } from "../errors.ts";
import {
  DESCRIBE_PAGE,
  describePage,
  groupIdentifier,
  groupName,
  orderBy,
  streamName,
} from "../limits.ts";

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html
export const DescribeLogStreams = operation<
  CloudWatchLogsEngine,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse
>({
  schema: DescribeLogStreams$,
  limits: {
    logGroupName: groupName,
    logGroupIdentifier: groupIdentifier,
    logStreamNamePrefix: streamName,
    orderBy,
    limit: describePage,
  },
  handle(logs, input, call) {
    const { logStreamNamePrefix, nextToken, limit = DESCRIBE_PAGE } = input;
    const isByTime = input.orderBy === "LastEventTime";
    if (isByTime && logStreamNamePrefix !== undefined) throw prefixNeedsNameOrder();
    const skip = nextToken === undefined ? 0 : decodeToken(nextToken);
    if (typeof skip !== "number") throw invalidToken();
    const streams = [...logs.group(input, call).streams.values()]
      .filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ""))
      .sort((a, b) => {
        const byTime = isByTime ? (a.last?.at ?? 0) - (b.last?.at ?? 0) : 0;
        return byTime || (a.name < b.name ? -1 : 1);
      });
    if (input.descending) streams.reverse();
    return {
      logStreams: streams
        .slice(skip, skip + limit)
        .map(({ name, arn, createdAt, first, last }) => ({
          logStreamName: name,
          creationTime: createdAt,
          arn,
          storedBytes: 0,
          ...(first && { firstEventTimestamp: first.at }),
          ...(last && { lastEventTimestamp: last.at, lastIngestionTime: last.ingestedAt }),
        })),
      ...(streams.length > skip + limit && { nextToken: encodeToken(skip + limit) }),
    };
  },
  summarize: ({ logGroupName, logGroupIdentifier }, { logStreams }) =>
    `${logGroupName ?? logGroupIdentifier} · ${logStreams?.length} streams`,
});

import {
  DescribeLogGroups$,
  type DescribeLogGroupsRequest,
  type DescribeLogGroupsResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import { decodeToken, encodeToken, paginate } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { CloudWatchLogsEngine } from "../engine.ts";
import { invalidToken, notEmulated } from "../errors.ts";
import { DESCRIBE_PAGE, describePage, groupName } from "../limits.ts";

const UNEMULATED = ["accountIdentifiers", "includeLinkedAccounts", "logGroupIdentifiers"] as const;

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
export const DescribeLogGroups = operation<
  CloudWatchLogsEngine,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse
>({
  schema: DescribeLogGroups$,
  limits: { logGroupNamePrefix: groupName, logGroupNamePattern: groupName, limit: describePage },
  handle(logs, input, call) {
    for (const name of UNEMULATED) if (input[name]) throw notEmulated(name);
    const { logGroupNamePrefix = "", logGroupNamePattern = "", nextToken } = input;
    const after = nextToken === undefined ? undefined : decodeToken(nextToken);
    if (nextToken !== undefined && typeof after !== "string") throw invalidToken();
    const isClass = (input.logGroupClass ?? "STANDARD") === "STANDARD";
    const pattern = logGroupNamePattern.toLowerCase();
    const listed = logs
      .list(call)
      .filter(
        ({ name }) =>
          isClass && name.startsWith(logGroupNamePrefix) && name.toLowerCase().includes(pattern),
      );
    const page = paginate(listed, {
      limit: input.limit ?? DESCRIBE_PAGE,
      ...(typeof after === "string" && { after: ({ name }) => name > after }),
    });
    return {
      logGroups: page.items.map(({ name, arn, createdAt, retentionDays }) => ({
        logGroupName: name,
        creationTime: createdAt,
        metricFilterCount: 0,
        arn: `${arn}:*`,
        logGroupArn: arn,
        storedBytes: 0,
        logGroupClass: "STANDARD",
        ...(retentionDays !== undefined && { retentionInDays: retentionDays }),
      })),
      ...(page.next && { nextToken: encodeToken(page.next.name) }),
    };
  },
  summarize: (_input, { logGroups }) => `${logGroups?.length} groups`,
});

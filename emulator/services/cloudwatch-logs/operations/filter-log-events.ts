import {
  FilterLogEvents$,
  type FilterLogEventsRequest,
  type FilterLogEventsResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import { decodeToken, encodeToken } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { CloudWatchLogsEngine } from "../engine.ts";
import { invalidToken, patternNotEmulated, streamsNamedTwice } from "../errors.ts";
import {
  eventsPage,
  filterPattern,
  groupIdentifier,
  groupName,
  MAX_EVENTS,
  streamName,
  streamNames,
  time,
} from "../limits.ts";
import { filterPattern as matcherOf } from "../model/filter-pattern.ts";
import { compare, type Place } from "../model/log-stream.ts";

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
export const FilterLogEvents = operation<
  CloudWatchLogsEngine,
  FilterLogEventsRequest,
  FilterLogEventsResponse
>({
  schema: FilterLogEvents$,
  limits: {
    logGroupName: groupName,
    logGroupIdentifier: groupIdentifier,
    logStreamNames: streamNames,
    logStreamNamePrefix: streamName,
    startTime: time,
    endTime: time,
    filterPattern,
    limit: eventsPage,
  },
  handle(logs, input, call) {
    const { logStreamNames, logStreamNamePrefix, limit = MAX_EVENTS } = input;
    if (logStreamNames && logStreamNamePrefix !== undefined) throw streamsNamedTwice();
    const matches = matcherOf(input.filterPattern ?? "");
    if (!matches) throw patternNotEmulated(input.filterPattern ?? "");
    const group = logs.group(input, call);
    const streams = logStreamNames
      ? logStreamNames.map((name) => logs.stream(group, name))
      : [...group.streams.values()].filter(({ name }) =>
          name.startsWith(logStreamNamePrefix ?? ""),
        );
    const { startTime = 0, endTime = Number.MAX_SAFE_INTEGER - 1 } = input;
    const way = input.startFromHead === false ? -1 : 1;
    const after = placeOf(input.nextToken);
    const found = streams
      .flatMap((stream) =>
        stream
          .between(startTime, endTime + 1)
          .filter(({ message }) => matches(message))
          .map((event) => ({ ...event, name: stream.name })),
      )
      .sort((a, b) => way * compare(a, b))
      .filter((event) => !after || way * compare(event, after) > 0);
    const events = found.slice(0, limit);
    const last = events.at(-1);
    return {
      events: events.map(({ name, at, sequence, message, ingestedAt }) => ({
        logStreamName: name,
        timestamp: at,
        message,
        ingestionTime: ingestedAt,
        eventId: `${at}${String(sequence).padStart(43, "0")}`,
      })),
      searchedLogStreams: [],
      ...(last && found.length > limit && { nextToken: encodeToken([last.at, last.sequence]) }),
    };
  },
  summarize: ({ logGroupName, logGroupIdentifier }, { events }) =>
    `${logGroupName ?? logGroupIdentifier} · ${events?.length} events`,
});

function placeOf(token: string | undefined): Place | undefined {
  if (token === undefined) return undefined;
  const place = decodeToken(token);
  if (!Array.isArray(place)) throw invalidToken();
  const [at, sequence] = place as unknown[];
  if (typeof at !== "number" || typeof sequence !== "number") throw invalidToken();
  return { at, sequence };
}

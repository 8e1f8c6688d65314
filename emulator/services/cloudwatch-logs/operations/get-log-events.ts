import {
  GetLogEvents$,
  type GetLogEventsRequest,
  type GetLogEventsResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import { decodeToken, encodeToken } from "../../../core/paginate.ts";
import { operation } from "../../../core/service.ts";
import type { CloudWatchLogsEngine } from "../engine.ts";
import { invalidToken } from "../errors.ts";
import { eventsPage, groupIdentifier, groupName, MAX_EVENTS, streamName, time } from "../limits.ts";
import { compare, type Place } from "../model/log-stream.ts";

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
export const GetLogEvents = operation<
  CloudWatchLogsEngine,
  GetLogEventsRequest,
  GetLogEventsResponse
>({
  schema: GetLogEvents$,
  limits: {
    logGroupName: groupName,
    logGroupIdentifier: groupIdentifier,
    logStreamName: streamName,
    startTime: time,
    endTime: time,
    limit: eventsPage,
  },
  handle(logs, input, call) {
    const { startTime = 0, endTime = Number.MAX_SAFE_INTEGER, limit = MAX_EVENTS } = input;
    const stream = logs.stream(logs.group(input, call), input.logStreamName);
    const all = stream.between(startTime, endTime);
    const from = placeOf(input.nextToken);
    const isForward = from ? from.isForward : input.startFromHead === true;
    const rest = from
      ? all.filter((event) => compare(event, from) * (isForward ? 1 : -1) > 0)
      : all;
    const events = isForward ? rest.slice(0, limit) : rest.slice(-limit);
    // A token that comes back unchanged says that the end is reached.
    const start: Place = from ?? { at: isForward ? -1 : Number.MAX_SAFE_INTEGER, sequence: 0 };
    return {
      events: events.map(({ at, message, ingestedAt }) => ({
        timestamp: at,
        message,
        ingestionTime: ingestedAt,
      })),
      nextForwardToken: token("f", events.at(-1) ?? start),
      nextBackwardToken: token("b", events[0] ?? start),
    };
  },
  summarize: ({ logStreamName }, { events }) => `${logStreamName} · ${events?.length} events`,
});

function token(way: "f" | "b", { at, sequence }: Place): string {
  return `${way}/${encodeToken([at, sequence])}`;
}

function placeOf(text: string | undefined): (Place & { isForward: boolean }) | undefined {
  if (text === undefined) return undefined;
  const place = /^[fb]\//.test(text) ? decodeToken(text.slice(2)) : undefined;
  if (!Array.isArray(place)) throw invalidToken();
  const [at, sequence] = place as unknown[];
  if (typeof at !== "number" || typeof sequence !== "number") throw invalidToken();
  return { at, sequence, isForward: text.startsWith("f") };
}

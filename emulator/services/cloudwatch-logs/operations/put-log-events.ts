import {
  PutLogEvents$,
  type PutLogEventsRequest,
  type PutLogEventsResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../core/service.ts";
import type { CloudWatchLogsEngine } from "../engine.ts";
import { batchTooLarge, batchTooLong, notChronological } from "../errors.ts";
import {
  EVENT_OVERHEAD_BYTES,
  groupName,
  logEvents,
  MAX_BATCH_BYTES,
  MAX_FUTURE_MS,
  MAX_PAST_MS,
  MAX_SPAN_MS,
  streamName,
} from "../limits.ts";

/** AWS gives a token and takes any; so does the tank. */
const TOKEN = "49039859514312546174128404123456789012345678901234567890";

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
export const PutLogEvents = operation<
  CloudWatchLogsEngine,
  PutLogEventsRequest,
  PutLogEventsResponse
>({
  schema: PutLogEvents$,
  limits: { logGroupName: groupName, logStreamName: streamName, logEvents },
  handle(logs, { logGroupName, logStreamName, logEvents }, call) {
    const group = logs.group({ logGroupName }, call);
    const stream = logs.stream(group, logStreamName);
    let bytes = 0;
    let last = 0;
    for (const { timestamp, message } of logEvents) {
      if (timestamp < last) throw notChronological();
      last = timestamp;
      bytes += Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
    }
    if (bytes > MAX_BATCH_BYTES) throw batchTooLarge(bytes);
    if (last - (logEvents[0]?.timestamp ?? last) > MAX_SPAN_MS) throw batchTooLong();

    const now = call.clock.now();
    const tooOldEnd = logEvents.findLastIndex(({ timestamp }) => timestamp < now - MAX_PAST_MS) + 1;
    const found = logEvents.findIndex(({ timestamp }) => timestamp > now + MAX_FUTURE_MS);
    const tooNewStart = found < 0 ? logEvents.length : found;
    for (const { timestamp, message } of logEvents.slice(tooOldEnd, tooNewStart)) {
      group.append(stream, { at: timestamp, message, now });
    }
    const rejected = {
      ...(tooOldEnd > 0 && { tooOldLogEventEndIndex: tooOldEnd }),
      ...(found >= 0 && { tooNewLogEventStartIndex: found }),
    };
    return {
      nextSequenceToken: TOKEN,
      ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
    };
  },
  summarize: ({ logGroupName, logEvents }) => `${logGroupName} · ${logEvents.length} events`,
});

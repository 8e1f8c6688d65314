import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { KinesisStreamBatchResponse, KinesisStreamEvent } from "aws-lambda";
import { required } from "./environment.ts";
import { type Refreshed, refresh } from "./forecasts.ts";
import { readBatch } from "./sales-batch.ts";
import { knownStore } from "./series-id.ts";
import { count, grouped, type ReadEvent, seriesKey } from "./totals.ts";

const kinesis = new KinesisClient({ cacheMiddleware: true });

/**
 * Counts the sales of a batch in their days' totals, forecasts each series anew that they changed, and puts an answer
 * for every event on the output stream.
 */
export async function handler(event: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> {
  const { events, failedAt } = readBatch(event.Records);
  await Promise.all(grouped(events).map(count));
  await publish(events, await refreshed(events));
  return { batchItemFailures: failedAt === undefined ? [] : [{ itemIdentifier: failedAt }] };
}

/** By series. One after the other, so that a batch over all families does not ask for all models at once. */
async function refreshed(events: readonly ReadEvent[]): Promise<Map<string, Refreshed>> {
  const made = new Map<string, Refreshed>();
  for (const { event } of events) {
    const series = seriesKey(event.store_nbr, event.family);
    if (made.has(series)) continue;
    made.set(series, await refresh(knownStore(String(event.store_nbr)), event.family));
  }
  return made;
}

async function publish(
  events: readonly ReadEvent[],
  bySeries: ReadonlyMap<string, Refreshed>,
): Promise<void> {
  if (events.length === 0) return;
  const answers = events.map(({ event: { event_id, store_nbr, family, date } }) => {
    const series = bySeries.get(seriesKey(store_nbr, family));
    return {
      event_id,
      store_nbr,
      family,
      date,
      // Absent for a day of before the last week, which is counted all the same.
      sold: series?.totals.find((total) => total.date === date)?.sales,
      forecast: series?.forecast.days[0],
    };
  });
  const { FailedRecordCount = 0 } = await kinesis.send(
    new PutRecordsCommand({
      StreamName: required("FORECASTS_STREAM_NAME"),
      Records: answers.map((answer) => ({
        Data: Buffer.from(JSON.stringify(answer)),
        PartitionKey: String(answer.store_nbr),
      })),
    }),
  );
  // Lambda delivers the batch again; its events are not counted twice.
  if (FailedRecordCount > 0) throw new Error(`${FailedRecordCount} answers could not be put`);
}

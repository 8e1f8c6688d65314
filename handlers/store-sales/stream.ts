import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { KinesisStreamBatchResponse, KinesisStreamEvent } from "aws-lambda";
import { required } from "./environment.ts";
import { refresh, type SeriesForecast } from "./forecasts.ts";
import { readBatch } from "./sales-batch.ts";
import { knownStore } from "./series-id.ts";
import { count, grouped, newestTotals, type ReadEvent, seriesKey } from "./totals.ts";

const kinesis = new KinesisClient({});

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

interface Refreshed {
  readonly forecast: SeriesForecast;
  readonly soldByDate: ReadonlyMap<string, number>;
}

/** By series. One after the other, so that a batch over all families does not ask for all models at once. */
async function refreshed(events: readonly ReadEvent[]): Promise<Map<string, Refreshed>> {
  const made = new Map<string, Refreshed>();
  for (const { event } of events) {
    const { store_nbr, family } = event;
    const series = seriesKey(store_nbr, family);
    if (made.has(series)) continue;
    const forecast = await refresh(knownStore(String(store_nbr)), family);
    const totals = await newestTotals(series, SHOWN_DAYS);
    const soldByDate = new Map(totals.map(({ date, sales }) => [date, sales]));
    made.set(series, { forecast, soldByDate });
  }
  return made;
}

/** Events of days before these are counted, but answered without their total. */
const SHOWN_DAYS = 31;

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
      sold: series?.soldByDate.get(date),
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

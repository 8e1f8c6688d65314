import type { KinesisStreamBatchResponse, KinesisStreamTumblingWindowEvent } from "aws-lambda";
import { predict } from "./endpoint.ts";
import { putAll, required } from "./predictions-stream.ts";
import { type RideEvent, readBatch } from "./ride.ts";

/** What a window's calls hand on: by pickup zone, how many rides and their predicted minutes in sum. */
type Sums = Record<string, { rides: number; minutes: number }>;

/** What leaves on ride_zone_means, one for each pickup zone and window. */
export interface ZoneMean {
  /** Taxi zone of the pickup, 1 to 265. */
  zone: number;
  /** ISO times; the end is not in the window any more. */
  window: { start: string; end: string };
  rides: number;
  /** Minutes. */
  mean_ride_duration: number;
}

/**
 * Sums up the predicted durations of a tumbling window by pickup zone and, when the window is over, reports
 * their means. A bad record is reported or thrown as by the other functions; the sums are of what was read.
 */
export async function handler(
  event: KinesisStreamTumblingWindowEvent,
): Promise<{ state: Sums } & Partial<KinesisStreamBatchResponse>> {
  const { rides, failedAt } = readBatch(event.Records);
  const minutes = rides.length > 0 ? await predict(rides) : [];
  const state = added(event.state as Sums, { rides, minutes });
  if (event.isFinalInvokeForWindow) await report(meansOf(state, event.window));
  if (failedAt === undefined) return { state };
  return { state, batchItemFailures: [{ itemIdentifier: failedAt }] };
}

function added(
  sums: Sums,
  { rides, minutes }: { rides: readonly RideEvent[]; minutes: readonly number[] },
): Sums {
  const next = { ...sums };
  for (const [index, { ride }] of rides.entries()) {
    const sum = next[ride.PULocationID] ?? { rides: 0, minutes: 0 };
    next[ride.PULocationID] = {
      rides: sum.rides + 1,
      minutes: sum.minutes + (minutes[index] as number),
    };
  }
  return next;
}

function meansOf(sums: Sums, window: ZoneMean["window"]): ZoneMean[] {
  return Object.entries(sums).map(([zone, { rides, minutes }]) => ({
    zone: Number(zone),
    window,
    rides,
    mean_ride_duration: minutes / rides,
  }));
}

/** A report that fails is made again by Lambda: readers tell it by its zone and window. */
async function report(means: readonly ZoneMean[]): Promise<void> {
  const entries = means.map((mean) => ({ key: String(mean.zone), value: mean }));
  await putAll(entries, required("ZONE_MEANS_STREAM_NAME"));
}

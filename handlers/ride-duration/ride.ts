import type { KinesisStreamBatchResponse, KinesisStreamRecord } from "aws-lambda";

/** What arrives on ride_events. */
export interface RideEvent {
  ride: {
    /** Taxi zone of the pickup, 1 to 265. */
    PULocationID: number;
    DOLocationID: number;
    /** Miles. */
    trip_distance: number;
  };
  ride_id: number | string;
}

/** What leaves on ride_predictions. */
export interface Prediction {
  model: "ride_duration_prediction_model";
  /** The training run. */
  version: string;
  prediction: {
    /** Minutes. */
    ride_duration: number;
    ride_id: number | string;
  };
}

/** The model's features of a ride, in its order. */
export function features({ ride }: RideEvent): [number, number, number] {
  return [ride.PULocationID, ride.DOLocationID, ride.trip_distance];
}

/** A record that no retry will mend; says what is wrong with it. */
export class BadRecord extends Error {
  override readonly name = "BadRecord";

  constructor({ kinesis }: KinesisStreamRecord, what: string) {
    super(`record ${kinesis.sequenceNumber} (partition key "${kinesis.partitionKey}") ${what}`);
  }
}

/** A batch up to its first unreadable record. */
export interface ReadBatch {
  readonly rides: readonly RideEvent[];
  /** Sequence number of the first record that could not be read. */
  readonly failedAt: string | undefined;
}

/**
 * Reads a batch in order. When a record is bad, those before it are handled and the batch is reported
 * failed from there, so that it comes first next time; then it is thrown, and Lambda halves the batch
 * until the bad record is alone and goes to the on-failure destination. No good record is lost or
 * predicted twice.
 */
export function readBatch(records: readonly KinesisStreamRecord[]): ReadBatch {
  const rides: RideEvent[] = [];
  for (const record of records) {
    try {
      rides.push(readRide(record));
    } catch (error) {
      if (rides.length === 0) throw error;
      console.error(String(error));
      return { rides, failedAt: record.kinesis.sequenceNumber };
    }
  }
  return { rides, failedAt: undefined };
}

/** What the function returns: the predictions, as the course's does, and where to resume if it stopped. */
export function batchResponse(
  predictions: readonly Prediction[],
  failedAt: string | undefined,
): { predictions: readonly Prediction[] } & Partial<KinesisStreamBatchResponse> {
  if (failedAt === undefined) return { predictions };
  return { predictions, batchItemFailures: [{ itemIdentifier: failedAt }] };
}

function readRide(record: KinesisStreamRecord): RideEvent {
  const text = Buffer.from(record.kinesis.data, "base64").toString("utf8");
  let event: Partial<RideEvent> | null;
  try {
    event = JSON.parse(text);
  } catch {
    throw new BadRecord(record, `is not JSON: ${text.slice(0, 80)}`);
  }
  const ride: Partial<RideEvent["ride"]> | undefined = event?.ride;
  for (const field of ["PULocationID", "DOLocationID", "trip_distance"] as const) {
    const value = ride?.[field];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new BadRecord(record, `has no number at ride.${field}`);
    }
  }
  const id = event?.ride_id;
  if (typeof id !== "number" && typeof id !== "string") {
    throw new BadRecord(record, "has no ride_id");
  }
  return event as RideEvent;
}

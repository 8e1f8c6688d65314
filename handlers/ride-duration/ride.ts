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

/** The city's taxi zones, 264 and 265 being "unknown" and "outside" of it. */
const LAST_ZONE = 265;
/** A partition key's, as which the id leaves: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html */
const MAX_ID_LENGTH = 256;

function readRide(record: KinesisStreamRecord): RideEvent {
  const text = textOf(record);
  let event: { ride?: Partial<Record<keyof RideEvent["ride"], unknown>>; ride_id?: unknown } | null;
  try {
    event = JSON.parse(text);
  } catch {
    throw new BadRecord(record, `is not JSON: ${text.slice(0, 80)}`);
  }
  for (const field of ["PULocationID", "DOLocationID"] as const) {
    const zone = numberAt(field);
    if (!Number.isInteger(zone) || zone < 1 || zone > LAST_ZONE) {
      throw new BadRecord(record, `has no zone from 1 to ${LAST_ZONE} at ride.${field}: ${zone}`);
    }
  }
  const miles = numberAt("trip_distance");
  // The model takes 32-bit floats.
  if (miles < 0 || !Number.isFinite(Math.fround(miles))) {
    throw new BadRecord(record, `has no distance at ride.trip_distance: ${miles}`);
  }
  const id = event?.ride_id;
  if (typeof id !== "number" && typeof id !== "string") {
    throw new BadRecord(record, "has no ride_id");
  }
  if (id === "" || String(id).length > MAX_ID_LENGTH) {
    throw new BadRecord(record, `has a ride_id that is not 1 to ${MAX_ID_LENGTH} characters long`);
  }
  return event as RideEvent;

  function numberAt(field: keyof RideEvent["ride"]): number {
    const value = event?.ride?.[field];
    if (typeof value === "number") return value;
    throw new BadRecord(record, `has no number at ride.${field}`);
  }
}

function textOf(record: KinesisStreamRecord): string {
  const data = Buffer.from(record.kinesis.data, "base64");
  if (data.length === 0) throw new BadRecord(record, "is empty");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    throw new BadRecord(record, "is not UTF-8 text");
  }
}

import type { KinesisStreamRecord } from "aws-lambda";
import { readSalesEvent } from "./sales-event.ts";
import type { ReadEvent } from "./totals.ts";

/** A batch up to its first unreadable record. */
export interface ReadBatch {
  readonly events: readonly ReadEvent[];
  /** Sequence number of the first record that could not be read. */
  readonly failedAt: string | undefined;
}

/**
 * Reads a batch in order. Records before a bad one are handled, and the batch is reported failed from there; a bad one
 * that comes first is thrown, and Lambda halves the batch until it is alone and goes to the on-failure destination.
 */
export function readBatch(records: readonly KinesisStreamRecord[]): ReadBatch {
  const events: ReadEvent[] = [];
  for (const { kinesis, eventID } of records) {
    const { sequenceNumber, partitionKey, data } = kinesis;
    try {
      const event = readSalesEvent(Buffer.from(data, "base64"));
      events.push({ event, sequenceNumber, shardId: eventID.split(":")[0] ?? "" });
    } catch (error) {
      const what = `record ${sequenceNumber} (partition key "${partitionKey}") ${error}`;
      if (events.length === 0) throw new Error(what, { cause: error });
      console.error(what);
      return { events, failedAt: sequenceNumber };
    }
  }
  return { events, failedAt: undefined };
}

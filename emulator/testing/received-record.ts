import type { ViewedRecord } from "../wavetank.ts";

/** A record that has arrived on a stream, decoded. */
export interface ReceivedRecord<T = unknown> {
  /** Its data read as JSON, or as text where it is none. */
  readonly value: T;
  readonly data: Uint8Array;
  readonly partitionKey: string;
  readonly sequenceNumber: string;
  readonly shardId: string;
  /** Epoch milliseconds, by the testbed's clock. */
  readonly arrivedAt: number;
}

const SHOWN_RECORDS = 5;
const SHOWN_CHARACTERS = 200;

/** Decodes records, each once however often a stream is looked at. */
export function decoder<T>(): (record: ViewedRecord) => ReceivedRecord<T> {
  const known = new Map<string, ReceivedRecord<T>>();
  return (record) => {
    const before = known.get(record.sequenceNumber);
    if (before) return before;
    const data = record.data.toBytes();
    const decoded = { ...record, data, value: readValue(data) as T };
    known.set(record.sequenceNumber, decoded);
    return decoded;
  };
}

/** The first few records, a line each, for messages. */
export function listed(records: readonly ReceivedRecord[]): string {
  const lines = records
    .slice(0, SHOWN_RECORDS)
    .map(({ value, partitionKey }) => `  ${shortened(value)}  (partition key ${partitionKey})`);
  const more = records.length - lines.length;
  return [...lines, ...(more > 0 ? [`  … and ${more} more`] : [])].join("\n");
}

function readValue(data: Uint8Array): unknown {
  const text = Buffer.from(data).toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

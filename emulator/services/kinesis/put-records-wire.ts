import type { PutRecordsOutput } from "@aws-sdk/client-kinesis";
import { Base64, decodedLength, isBase64 } from "../../core/base64.ts";
import type { Checked, HotPath } from "../../core/service.ts";
import { MAX_DATA_BYTES, MAX_PUT_RECORDS } from "./limits.ts";
import type { Input, PutRecordsEntry } from "./operations/put-records.ts";

/**
 * PutRecords' JSON without the schema walk: 500 records take 1.1 ms to read through it, which is most of
 * a producer's time. Takes the plain case only; whatever looks odd goes the schema's way.
 */
export const putRecordsWire: HotPath<Input, PutRecordsOutput> = { decode, encode };

const NAME = /^[a-zA-Z0-9_.-]{1,128}$/;
const HASH_KEY = /^(0|[1-9]\d{0,38})$/;

function decode(body: Buffer): Checked<Input> | undefined {
  const parsed = parse(body);
  if (!parsed) return undefined;
  const { StreamName, Records, ...others } = parsed;
  if (typeof StreamName !== "string" || !NAME.test(StreamName) || !Array.isArray(Records)) {
    return undefined;
  }
  for (const _ in others) return undefined;
  if (Records.length === 0 || Records.length > MAX_PUT_RECORDS) return undefined;
  for (const entry of Records) {
    if (!isPlainEntry(entry)) return undefined;
    entry.Data = new Base64(entry.Data) as never;
  }
  return { StreamName, Records: Records as unknown as Checked<PutRecordsEntry>[] };
}

interface WireEntry {
  Data: string;
  PartitionKey: string;
  ExplicitHashKey?: string;
}

function isPlainEntry(entry: unknown): entry is WireEntry {
  if (typeof entry !== "object" || entry === null) return false;
  for (const name in entry) {
    if (name !== "Data" && name !== "PartitionKey" && name !== "ExplicitHashKey") return false;
  }
  const { Data, PartitionKey, ExplicitHashKey } = entry as Partial<WireEntry>;
  return (
    typeof Data === "string" &&
    isBase64(Data) &&
    decodedLength(Data) <= MAX_DATA_BYTES &&
    typeof PartitionKey === "string" &&
    PartitionKey.length > 0 &&
    PartitionKey.length <= 256 &&
    (ExplicitHashKey === undefined ||
      (typeof ExplicitHashKey === "string" && HASH_KEY.test(ExplicitHashKey)))
  );
}

function parse(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function encode({ Records = [], FailedRecordCount = 0, EncryptionType }: PutRecordsOutput): string {
  const entries = Records.map((entry) =>
    entry.SequenceNumber === undefined
      ? JSON.stringify(entry)
      : `{"SequenceNumber":"${entry.SequenceNumber}","ShardId":"${entry.ShardId}"}`,
  );
  return `{"EncryptionType":"${EncryptionType}","FailedRecordCount":${FailedRecordCount},"Records":[${entries.join(",")}]}`;
}

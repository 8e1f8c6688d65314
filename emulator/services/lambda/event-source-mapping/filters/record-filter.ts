import { filterPatternInvalid } from "../errors.ts";
import type { StreamRecord } from "../record-source.ts";
import { compilePattern, type Pattern } from "./pattern.ts";

/** Whether a record goes to the function. */
export type RecordFilter = (record: StreamRecord) => boolean;

/**
 * A mapping's filters, of which one must match; `undefined` where there is none. Patterns see what an event
 * has under `kinesis`, with `data` as the JSON that it is in.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html
 * UNCONFIRMED: that they see nothing beside it, such as eventSource.
 * @throws AwsError InvalidParameterValueException for what is no pattern
 */
export function recordFilter(patterns: readonly string[]): RecordFilter | undefined {
  if (patterns.length === 0) return undefined;
  const filters = patterns.map(filterOf);
  return (record) => {
    const visible = visibleOf(record);
    return filters.some((matches) => matches(visible));
  };
}

function filterOf(text: string): Pattern {
  let matches: Pattern;
  try {
    const parsed: unknown = JSON.parse(text);
    // A pattern for data that is a list is one for text, which data in Kinesis cannot be asked for.
    if (Array.isArray((parsed as { data?: unknown }).data)) throw filterPatternInvalid();
    matches = compilePattern(parsed);
  } catch {
    throw filterPatternInvalid();
  }
  return (visible) => {
    try {
      return matches(visible);
    } catch (error) {
      if (error === NOT_JSON) return false;
      throw error;
    }
  };
}

/** Data that are no JSON match no pattern that asks for them, not even one for what is not there. */
const NOT_JSON = new Error("the data are not JSON");

function visibleOf({ partitionKey, sequenceNumber, arrivedAt, data: base64 }: StreamRecord) {
  let decoded: { readonly json: unknown } | undefined;
  return {
    kinesisSchemaVersion: "1.0",
    partitionKey,
    sequenceNumber,
    approximateArrivalTimestamp: arrivedAt / 1000,
    /** Decoded once, when a pattern asks for it. */
    get data(): unknown {
      decoded ??= { json: jsonOf(base64) };
      return decoded.json;
    },
  };
}

function jsonOf(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
  } catch {
    throw NOT_JSON;
  }
}

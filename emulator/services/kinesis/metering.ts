import { Meters, type MetricSink, type MetricUnit } from "../../core/metrics.ts";
import type { Stream } from "./model/stream.ts";

/** What one call has done to a stream. */
interface Writing {
  /** When the call began and ended, epoch ms. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Records that were taken, and their bytes with their keys. */
  readonly records: number;
  readonly bytes: number;
  readonly throttled: number;
}

/**
 * AWS's own metrics of streams: one measurement for each metric and call, never for each record.
 * https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
 */
export class StreamMetering {
  readonly #meters: Meters<Stream>;

  constructor(sink: MetricSink | undefined) {
    this.#meters = new Meters(sink, ({ name, scope }) => ({
      namespace: "AWS/Kinesis",
      dimensions: { StreamName: name },
      accountId: scope.accountId,
      region: scope.region,
    }));
  }

  putRecord(stream: Stream, writing: Writing): void {
    const { startedAt, endedAt, records, bytes } = writing;
    this.#record(stream, startedAt, "PutRecord.Success", records, "Count");
    this.#record(stream, startedAt, "PutRecord.Latency", endedAt - startedAt, "Milliseconds");
    if (records > 0) this.#record(stream, startedAt, "PutRecord.Bytes", bytes, "Bytes");
    this.#incoming(stream, writing);
  }

  putRecords(stream: Stream, writing: Writing): void {
    const { startedAt: at, endedAt, records, bytes, throttled } = writing;
    this.#record(stream, at, "PutRecords.Success", records > 0 ? 1 : 0, "Count");
    this.#record(stream, at, "PutRecords.Latency", endedAt - at, "Milliseconds");
    this.#record(stream, at, "PutRecords.Bytes", bytes, "Bytes");
    this.#record(stream, at, "PutRecords.TotalRecords", records + throttled, "Count");
    this.#record(stream, at, "PutRecords.SuccessfulRecords", records, "Count");
    this.#record(stream, at, "PutRecords.FailedRecords", 0, "Count");
    this.#record(stream, at, "PutRecords.ThrottledRecords", throttled, "Count");
    this.#incoming(stream, writing);
  }

  getRecords(
    stream: Stream,
    read: {
      startedAt: number;
      endedAt: number;
      records: number;
      bytes: number;
      /** When the last record that was read arrived; absent when none was. */
      lastArrivedAt: number | undefined;
    },
  ): void {
    const { startedAt: at, endedAt, records, bytes, lastArrivedAt = at } = read;
    this.#record(stream, at, "GetRecords.Success", 1, "Count");
    this.#record(stream, at, "GetRecords.Latency", endedAt - at, "Milliseconds");
    this.#record(stream, at, "GetRecords.Records", records, "Count");
    this.#record(stream, at, "GetRecords.Bytes", bytes, "Bytes");
    const ageMs = at - lastArrivedAt;
    this.#record(stream, at, "GetRecords.IteratorAgeMilliseconds", ageMs, "Milliseconds");
    this.#record(stream, at, "ReadProvisionedThroughputExceeded", 0, "Count");
  }

  readThrottled(stream: Stream, at: number): void {
    this.#record(stream, at, "GetRecords.Success", 0, "Count");
    this.#record(stream, at, "ReadProvisionedThroughputExceeded", 1, "Count");
  }

  #incoming(stream: Stream, { startedAt, records, bytes, throttled }: Writing): void {
    if (records > 0) {
      this.#record(stream, startedAt, "IncomingRecords", records, "Count");
      this.#record(stream, startedAt, "IncomingBytes", bytes, "Bytes");
    }
    this.#record(stream, startedAt, "WriteProvisionedThroughputExceeded", throttled, "Count");
  }

  #record(stream: Stream, at: number, name: string, value: number, unit: MetricUnit): void {
    this.#meters.of(stream).record({ name, value, unit, at });
  }
}

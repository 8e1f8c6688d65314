import {
  PutRecords$,
  type PutRecordsInput,
  type PutRecordsOutput,
  type PutRecordsRequestEntry,
  type PutRecordsResultEntry,
} from "@aws-sdk/client-kinesis";
import type { Base64 } from "../../../core/base64.ts";
import { AwsError } from "../../../core/errors.ts";
import { type Needs, operation } from "../../../core/service.ts";
import type { KinesisEngine } from "../engine.ts";
import { recordsTooLarge } from "../errors.ts";
import { MAX_PUT_BYTES, putRecordsEntries, streamArn, streamName } from "../limits.ts";
import type { Shard } from "../model/shard.ts";
import { putRecordsWire } from "../put-records-wire.ts";
import { refuseUnemulated } from "../unemulated.ts";
import { append, assertWritable, newRecord } from "../writing.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
export type PutRecordsEntry = Omit<Needs<PutRecordsRequestEntry, "PartitionKey">, "Data"> & {
  Data: Uint8Array | Base64;
};
export type Input = Omit<PutRecordsInput, "Records"> & { Records: PutRecordsEntry[] };

export const PutRecords = operation<KinesisEngine, Input, PutRecordsOutput>({
  schema: PutRecords$,
  limits: { StreamName: streamName, StreamARN: streamArn, Records: putRecordsEntries },
  hotPath: putRecordsWire,
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    const stream = kinesis.stream(input, call);
    assertWritable(stream);
    // A record that cannot be taken at all fails the whole call, so all are checked before any is kept.
    const records = input.Records.map((entry) => newRecord(entry, stream));
    const bytes = records.reduce((sum, { size }) => sum + size, 0);
    if (bytes > MAX_PUT_BYTES) throw recordsTooLarge(MAX_PUT_BYTES / 1024 / 1024);

    const now = call.clock.now();
    const written = new Set<Shard>();
    let failed = 0;
    let failedBytes = 0;
    const results = records.map((record): PutRecordsResultEntry => {
      const appended = append(kinesis, stream, { record, now });
      if (appended instanceof AwsError) {
        failed += 1;
        failedBytes += record.size;
        return { ErrorCode: appended.code, ErrorMessage: appended.message };
      }
      written.add(appended.shard);
      return { SequenceNumber: appended.record.sequenceNumber, ShardId: appended.shard.id };
    });
    for (const shard of written) shard.announce();
    kinesis.metering.putRecords(stream, {
      startedAt: now,
      endedAt: call.clock.now(),
      records: records.length - failed,
      bytes: bytes - failedBytes,
      throttled: failed,
    });
    return { FailedRecordCount: failed, Records: results, EncryptionType: "NONE" };
  },
  summarize: ({ StreamName, StreamARN, Records }, { FailedRecordCount }) =>
    `${StreamName ?? StreamARN} · ${Records.length} record${Records.length === 1 ? "" : "s"}${FailedRecordCount ? ` · ${FailedRecordCount} throttled` : ""}`,
});

import {
  type _Record,
  GetRecords$,
  type GetRecordsInput,
  type GetRecordsOutput,
} from "@aws-sdk/client-kinesis";
import { parseArn } from "../../../core/arn.ts";
import type { Base64 } from "../../../core/base64.ts";
import { operation } from "../../../core/service.ts";
import { childrenOf } from "../describing.ts";
import type { KinesisEngine } from "../engine.ts";
import {
  invalidIterator,
  iteratorExpired,
  iteratorOfAnotherStream,
  streamNotFound,
  throughputExceeded,
} from "../errors.ts";
import { getRecordsWire } from "../get-records-wire.ts";
import { iterator, listing, MAX_GET_BYTES, MAX_GET_RECORDS, streamArn } from "../limits.ts";
import {
  decodeIterator,
  encodeIterator,
  ITERATOR_LIFETIME_MS,
  type ShardIterator,
} from "../model/shard-iterator.ts";
import type { Stream } from "../model/stream.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
export type ReadRecord = Omit<_Record, "Data"> & { Data: Base64 };
export type Output = Omit<GetRecordsOutput, "Records"> & { Records: ReadRecord[] };

export const GetRecords = operation<KinesisEngine, GetRecordsInput, Output>({
  schema: GetRecords$,
  limits: { ShardIterator: iterator, Limit: listing, StreamARN: streamArn },
  hotPath: getRecordsWire,
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    const now = call.clock.now();
    const place = decodeIterator(input.ShardIterator);
    if (!place) throw invalidIterator();
    if (input.StreamARN !== undefined && input.StreamARN !== place.streamArn) {
      throw iteratorOfAnotherStream(input.StreamARN);
    }
    if (now - place.issuedAt > ITERATOR_LIFETIME_MS) throw iteratorExpired(place.issuedAt, now);
    const stream = streamOf(kinesis, place);
    const shard = stream.shards[place.shardIndex];
    if (!shard) throw invalidIterator();
    if (kinesis.enforceLimits && !shard.throughput.beginRead(now)) {
      kinesis.metering.readThrottled(stream, now);
      throw throughputExceeded(shard.id, stream.name, stream.scope.accountId);
    }

    stream.trim(now);
    const maxRecords = Math.floor(input.Limit ?? MAX_GET_RECORDS);
    const read = shard.read(place.position, { maxRecords, maxBytes: MAX_GET_BYTES, now });
    const bytes = read.records.reduce((sum, { size }) => sum + size, 0);
    shard.throughput.endRead(bytes, now);
    kinesis.metering.getRecords(stream, {
      startedAt: now,
      endedAt: call.clock.now(),
      records: read.records.length,
      bytes,
      lastArrivedAt: read.records.at(-1)?.arrivedAt,
    });
    return {
      Records: read.records.map(({ sequenceNumber, arrivedAt, data, partitionKey }) => ({
        SequenceNumber: sequenceNumber,
        ApproximateArrivalTimestamp: new Date(arrivedAt),
        Data: data,
        PartitionKey: partitionKey,
        EncryptionType: "NONE",
      })),
      MillisBehindLatest: read.millisBehindLatest,
      ...(read.isDrained
        ? { ChildShards: childrenOf(stream, shard) }
        : { NextShardIterator: encodeIterator({ ...place, position: read.next, issuedAt: now }) }),
    };
  },
  summarize: (_input, { Records, MillisBehindLatest }) =>
    `${Records.length} records · ${MillisBehindLatest} ms behind`,
});

/** An iterator outlives neither its stream nor a new stream of the same name. */
function streamOf(kinesis: KinesisEngine, place: ShardIterator): Stream {
  const owner = parseArn(place.streamArn);
  if (!owner) throw invalidIterator();
  const stream = kinesis.stream({ StreamARN: place.streamArn }, owner);
  if (stream.createdAt !== place.streamCreatedAt) {
    throw streamNotFound(stream.name, owner.accountId);
  }
  return stream;
}

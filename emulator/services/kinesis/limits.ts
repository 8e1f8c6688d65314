import { bytes, list, map, oneOf, range, required, structure, text } from "../../core/limits.ts";

// Lengths, ranges and patterns: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Operations.html
export const streamName = text({ min: 1, max: 128, pattern: "[a-zA-Z0-9_.-]+" });
export const streamArn = text({
  min: 1,
  max: 2048,
  pattern: String.raw`arn:aws.*:kinesis:.*:\d{12}:stream/\S+`,
});
export const shardId = text({ min: 1, max: 128, pattern: "[a-zA-Z0-9_.-]+" });
export const partitionKey = required(text({ min: 1, max: 256 }));
export const hashKey = text({ pattern: String.raw`0|([1-9]\d{0,38})` });
export const sequenceNumber = text({ pattern: String.raw`0|([1-9]\d{0,128})` });
/** What the model allows; a stream's own limit is less, unless it was created with more. */
export const MAX_DATA_BYTES = 10_485_760;
export const recordData = bytes({ max: MAX_DATA_BYTES });
export const iterator = text({ min: 1, max: 512 });
export const nextToken = text({ min: 1, max: 1_048_576 });
export const shardCount = range(1, 100_000);
export const retentionHours = range(1, 100_000);
export const listing = range(1, 10_000);
export const iteratorType = oneOf([
  "AT_SEQUENCE_NUMBER",
  "AFTER_SEQUENCE_NUMBER",
  "TRIM_HORIZON",
  "LATEST",
  "AT_TIMESTAMP",
]);
export const streamModeDetails = structure({ StreamMode: oneOf(["PROVISIONED", "ON_DEMAND"]) });
export const shardFilter = structure({
  Type: oneOf([
    "AFTER_SHARD_ID",
    "AT_TRIM_HORIZON",
    "FROM_TRIM_HORIZON",
    "AT_LATEST",
    "AT_TIMESTAMP",
    "FROM_TIMESTAMP",
  ]),
  ShardId: shardId,
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
export const MAX_PUT_RECORDS = 500;
export const MAX_PUT_BYTES = 10 * 1024 * 1024;
export const putRecordsEntries = list({
  min: 1,
  max: MAX_PUT_RECORDS,
  each: structure({ Data: recordData, ExplicitHashKey: hashKey, PartitionKey: partitionKey }),
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
export const MAX_GET_RECORDS = 10_000;
export const MAX_GET_BYTES = 10 * 1024 * 1024;

// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
export const MAX_SHARDS_PER_ACCOUNT = 20_000;
export const ON_DEMAND_SHARDS = 4;
export const MIN_RETENTION_HOURS = 24;
export const MAX_RETENTION_HOURS = 8_760;
export const DEFAULT_RECORD_KIB = 1024;
/** A page of ListShards, DescribeStream and ListStreams, whatever more a caller asks for. */
export const LIST_SHARDS_PAGE = 1000;
export const DESCRIBE_SHARDS_PAGE = 100;
export const LIST_STREAMS_PAGE = 100;
// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
export const maxRecordKib = range(1024, 10_240);
export const tags = map({ max: 200 });

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForStream.html
export const LIST_TAGS_PAGE = 50;
export const tagsPage = range(1, LIST_TAGS_PAGE);
export const tagKey = text({ min: 1, max: 128 });

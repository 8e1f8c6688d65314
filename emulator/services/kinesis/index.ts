import type { TankContext } from "../../core/context.ts";
import type { Service } from "../../core/service.ts";
import { KinesisEngine } from "./engine.ts";
import { CreateStream } from "./operations/create-stream.ts";
import { DecreaseStreamRetentionPeriod } from "./operations/decrease-stream-retention-period.ts";
import { DeleteStream } from "./operations/delete-stream.ts";
import { DescribeStream } from "./operations/describe-stream.ts";
import { DescribeStreamSummary } from "./operations/describe-stream-summary.ts";
import { GetRecords } from "./operations/get-records.ts";
import { GetShardIterator } from "./operations/get-shard-iterator.ts";
import { IncreaseStreamRetentionPeriod } from "./operations/increase-stream-retention-period.ts";
import { ListShards } from "./operations/list-shards.ts";
import { ListStreams } from "./operations/list-streams.ts";
import { ListTagsForStream } from "./operations/list-tags-for-stream.ts";
import { PutRecord } from "./operations/put-record.ts";
import { PutRecords } from "./operations/put-records.ts";

export type { KinesisEngine } from "./engine.ts";

/** Amazon Kinesis Data Streams. */
export function kinesis(context: TankContext): Service & { readonly engine: KinesisEngine } {
  return {
    name: "kinesis",
    protocol: "aws-json-1.1",
    target: "Kinesis_20131202",
    engine: new KinesisEngine(context),
    // 10 MiB of records grow by a third in base64, and by their keys: PutRecords' limit decides.
    maxBodyBytes: 20 * 1024 * 1024,
    model: () => import("@aws-sdk/client-kinesis"),
    operations: {
      CreateStream,
      DecreaseStreamRetentionPeriod,
      DeleteStream,
      DescribeStream,
      DescribeStreamSummary,
      GetRecords,
      GetShardIterator,
      IncreaseStreamRetentionPeriod,
      ListShards,
      ListStreams,
      ListTagsForStream,
      PutRecord,
      PutRecords,
    },
  };
}

import {
  DescribeStreamSummary$,
  type DescribeStreamSummaryInput,
  type DescribeStreamSummaryOutput,
} from "@aws-sdk/client-kinesis";
import { operation } from "../../../core/service.ts";
import { describeStream } from "../describing.ts";
import type { KinesisEngine } from "../engine.ts";
import { streamArn, streamName } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html
export const DescribeStreamSummary = operation<
  KinesisEngine,
  DescribeStreamSummaryInput,
  DescribeStreamSummaryOutput
>({
  schema: DescribeStreamSummary$,
  limits: { StreamName: streamName, StreamARN: streamArn },
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    const stream = kinesis.stream(input, call);
    return {
      StreamDescriptionSummary: {
        ...describeStream(stream),
        RetentionPeriodHours: stream.retentionHours,
        EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
        EncryptionType: "NONE",
        OpenShardCount: stream.openShardCount,
        ConsumerCount: 0,
        MaxRecordSizeInKiB: stream.maxRecordBytes / 1024,
      },
    };
  },
  summarize: ({ StreamName, StreamARN }, { StreamDescriptionSummary }) =>
    `${StreamName ?? StreamARN} · ${StreamDescriptionSummary?.StreamStatus}`,
});

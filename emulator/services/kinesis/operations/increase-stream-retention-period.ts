import {
  IncreaseStreamRetentionPeriod$,
  type IncreaseStreamRetentionPeriodInput,
} from "@aws-sdk/client-kinesis";
import { operation } from "../../../core/service.ts";
import type { KinesisEngine } from "../engine.ts";
import { retentionNotLonger } from "../errors.ts";
import { retentionHours, streamArn, streamName } from "../limits.ts";
import { assertActive, assertRetention } from "../retention.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html
export const IncreaseStreamRetentionPeriod = operation<
  KinesisEngine,
  IncreaseStreamRetentionPeriodInput,
  undefined
>({
  schema: IncreaseStreamRetentionPeriod$,
  limits: { StreamName: streamName, StreamARN: streamArn, RetentionPeriodHours: retentionHours },
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    const stream = kinesis.stream(input, call);
    const hours = Math.floor(input.RetentionPeriodHours);
    assertActive(stream);
    assertRetention(hours);
    if (hours < stream.retentionHours)
      throw retentionNotLonger(hours, stream.name, stream.retentionHours);
    kinesis.update(stream, () => stream.retain(hours, call.clock.now()));
    return undefined;
  },
  summarize: ({ StreamName, StreamARN, RetentionPeriodHours }) =>
    `${StreamName ?? StreamARN} · ${RetentionPeriodHours} h`,
});

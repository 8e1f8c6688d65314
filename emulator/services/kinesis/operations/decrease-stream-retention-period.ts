import {
  DecreaseStreamRetentionPeriod$,
  type DecreaseStreamRetentionPeriodInput,
} from "@aws-sdk/client-kinesis";
import { operation } from "../../../core/service.ts";
import type { KinesisEngine } from "../engine.ts";
import { retentionNotShorter } from "../errors.ts";
import { retentionHours, streamArn, streamName } from "../limits.ts";
import { assertActive, assertRetention } from "../retention.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DecreaseStreamRetentionPeriod.html
export const DecreaseStreamRetentionPeriod = operation<
  KinesisEngine,
  DecreaseStreamRetentionPeriodInput,
  undefined
>({
  schema: DecreaseStreamRetentionPeriod$,
  limits: { StreamName: streamName, StreamARN: streamArn, RetentionPeriodHours: retentionHours },
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    const stream = kinesis.stream(input, call);
    const hours = Math.floor(input.RetentionPeriodHours);
    assertActive(stream);
    assertRetention(hours);
    if (hours > stream.retentionHours)
      throw retentionNotShorter(hours, stream.name, stream.retentionHours);
    kinesis.update(stream, () => stream.retain(hours, call.clock.now()));
    return undefined;
  },
  summarize: ({ StreamName, StreamARN, RetentionPeriodHours }) =>
    `${StreamName ?? StreamARN} · ${RetentionPeriodHours} h`,
});

import { DeleteStream$, type DeleteStreamInput } from "@aws-sdk/client-kinesis";
import { operation } from "../../../core/service.ts";
import type { KinesisEngine } from "../engine.ts";
import { streamArn, streamName } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html
export const DeleteStream = operation<KinesisEngine, DeleteStreamInput, undefined>({
  schema: DeleteStream$,
  limits: { StreamName: streamName, StreamARN: streamArn },
  handle(kinesis, input, call) {
    refuseUnemulated(input);
    kinesis.delete(kinesis.stream(input, call));
    return undefined;
  },
  summarize: ({ StreamName, StreamARN }) => `${StreamName ?? StreamARN}`,
});

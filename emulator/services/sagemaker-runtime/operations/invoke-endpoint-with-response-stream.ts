import {
  InvokeEndpointWithResponseStream$,
  type InvokeEndpointWithResponseStreamInput,
  type InvokeEndpointWithResponseStreamOutput,
  type ResponseStream,
} from "@aws-sdk/client-sagemaker-runtime";
import { operation } from "../../../core/service.ts";
import type { SageMakerRuntimeEngine } from "../engine.ts";
import { invokeEndpointLimits, MAX_PART_BYTES, STREAM_TIMEOUT_MS } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointWithResponseStream.html
type Output = Omit<InvokeEndpointWithResponseStreamOutput, "Body"> & {
  readonly Body: readonly ResponseStream[];
};

export const InvokeEndpointWithResponseStream = operation<
  SageMakerRuntimeEngine,
  InvokeEndpointWithResponseStreamInput,
  Output
>({
  schema: InvokeEndpointWithResponseStream$,
  limits: invokeEndpointLimits,
  async handle(runtime, input, call) {
    refuseUnemulated(input);
    const { answer, variantName } = await runtime.invoke(call, {
      endpointName: input.EndpointName,
      targetVariant: input.TargetVariant,
      contentType: input.ContentType,
      accept: input.Accept,
      customAttributes: input.CustomAttributes,
      inferenceId: input.InferenceId,
      body: input.Body,
      timeoutMs: STREAM_TIMEOUT_MS,
    });
    const { contentType, customAttributes } = answer;
    return {
      Body: partsOf(Buffer.from(answer.body)),
      InvokedProductionVariant: variantName,
      ...(contentType !== undefined && { ContentType: contentType }),
      ...(customAttributes !== undefined && { CustomAttributes: customAttributes }),
    };
  },
  summarize: ({ EndpointName }, { InvokedProductionVariant }) =>
    `${EndpointName} · ${InvokedProductionVariant}`,
});

/** DIFFERS: a container's answer is sent on once it is whole, not chunk by chunk. */
function partsOf(body: Buffer): ResponseStream.PayloadPartMember[] {
  const parts: ResponseStream.PayloadPartMember[] = [];
  for (let from = 0; from < body.length; from += MAX_PART_BYTES) {
    parts.push({ PayloadPart: { Bytes: body.subarray(from, from + MAX_PART_BYTES) } });
  }
  return parts;
}

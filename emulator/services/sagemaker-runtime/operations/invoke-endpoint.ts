import {
  InvokeEndpoint$,
  type InvokeEndpointInput,
  type InvokeEndpointOutput,
} from "@aws-sdk/client-sagemaker-runtime";
import { operation } from "../../../core/service.ts";
import type { SageMakerRuntimeEngine } from "../engine.ts";
import { invokeEndpointLimits } from "../limits.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
type Input = InvokeEndpointInput;

export const InvokeEndpoint = operation<SageMakerRuntimeEngine, Input, InvokeEndpointOutput>({
  schema: InvokeEndpoint$,
  limits: invokeEndpointLimits,
  async handle(runtime, input, call) {
    refuseUnemulated(input);
    const { answer, variantName } = await runtime.invoke(call, {
      endpointName: input.EndpointName,
      targetVariant: input.TargetVariant,
      targetModel: input.TargetModel,
      contentType: input.ContentType,
      accept: input.Accept,
      customAttributes: input.CustomAttributes,
      inferenceId: input.InferenceId,
      body: input.Body,
    });
    const { body, contentType, customAttributes } = answer;
    return {
      Body: typeof body === "string" ? Buffer.from(body) : body,
      InvokedProductionVariant: variantName,
      ContentType: contentType,
      // Not the request's: only what the container says comes back.
      CustomAttributes: customAttributes,
    };
  },
  summarize: ({ EndpointName }, { InvokedProductionVariant }) =>
    `${EndpointName} · ${InvokedProductionVariant}`,
});

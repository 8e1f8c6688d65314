import {
  InvokeEndpoint$,
  type InvokeEndpointInput,
  type InvokeEndpointOutput,
} from "@aws-sdk/client-sagemaker-runtime";
import { operation } from "../../../core/service.ts";
import type { SageMakerRuntimeEngine } from "../engine.ts";
import { notEmulated, notForThisEndpoint } from "../errors.ts";
import { invokeEndpointLimits } from "../limits.ts";

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
      ...(contentType !== undefined && { ContentType: contentType }),
      // Not the request's: only what the container says comes back.
      ...(customAttributes !== undefined && { CustomAttributes: customAttributes }),
    };
  },
  summarize: ({ EndpointName }, { InvokedProductionVariant }) =>
    `${EndpointName} · ${InvokedProductionVariant}`,
});

/** Members that only other kinds of endpoint take, or that would change the answer. */
function refuseUnemulated(input: Omit<Input, "Body" | "EndpointName">): void {
  if (input.TargetModel !== undefined) {
    throw notForThisEndpoint("TargetModel", "multi-model endpoints");
  }
  if (input.TargetContainerHostname !== undefined) {
    throw notForThisEndpoint("TargetContainerHostname", "endpoints in Direct mode");
  }
  if (input.InferenceComponentName !== undefined) {
    throw notForThisEndpoint("InferenceComponentName", "endpoints with inference components");
  }
  if (input.EnableExplanations !== undefined) {
    throw notForThisEndpoint("EnableExplanations", "endpoints with an explainer");
  }
  if (input.SessionId !== undefined) throw notEmulated("SessionId");
  if (input.PrefixAwareId !== undefined) throw notEmulated("PrefixAwareId");
}

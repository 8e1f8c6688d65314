import {
  InvokeEndpointAsync$,
  type InvokeEndpointAsyncInput,
  type InvokeEndpointAsyncOutput,
} from "@aws-sdk/client-sagemaker-runtime";
import { operation } from "../../../core/service.ts";
import type { SageMakerRuntimeEngine } from "../engine.ts";
import { inputGivenOnce, notEmulated } from "../errors.ts";
import { ASYNC_TIMEOUT_SECONDS, ASYNC_TTL_SECONDS, invokeEndpointAsyncLimits } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointAsync.html
type Input = InvokeEndpointAsyncInput;

export const InvokeEndpointAsync = operation<
  SageMakerRuntimeEngine,
  Input,
  InvokeEndpointAsyncOutput
>({
  schema: InvokeEndpointAsync$,
  limits: invokeEndpointAsyncLimits,
  handle(runtime, input, call) {
    const { InputLocation, Body } = input;
    // Clients send an empty body where there is none.
    const body = Body && Body.byteLength > 0 ? Body : undefined;
    const given = body ?? InputLocation;
    if (given === undefined || (body && InputLocation !== undefined)) throw inputGivenOnce();
    if (InputLocation?.startsWith("https:")) throw notEmulated("An InputLocation of https");
    const { inferenceId, outputLocation, failureLocation } = runtime.invokeAsync(call, {
      endpointName: input.EndpointName,
      inferenceId: input.InferenceId,
      input: given,
      contentType: input.ContentType,
      accept: input.Accept,
      customAttributes: input.CustomAttributes,
      fileName: input.Filename,
      pathExtension: input.S3OutputPathExtension,
      ttlMs: (input.RequestTTLSeconds ?? ASYNC_TTL_SECONDS) * 1000,
      timeoutMs: (input.InvocationTimeoutSeconds ?? ASYNC_TIMEOUT_SECONDS) * 1000,
    });
    return {
      InferenceId: inferenceId,
      OutputLocation: outputLocation,
      ...(failureLocation !== undefined && { FailureLocation: failureLocation }),
    };
  },
  summarize: ({ EndpointName }, { InferenceId }) => `${EndpointName} · ${InferenceId}`,
});

import { StopTransformJob$, type StopTransformJobRequest } from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { endpointName } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopTransformJob.html
export const StopTransformJob = operation<SageMakerEngine, StopTransformJobRequest, object>({
  schema: StopTransformJob$,
  limits: { TransformJobName: endpointName },
  handle(sagemaker, input, call) {
    sagemaker.transforms.halt(call, input.TransformJobName);
    return {};
  },
  summarize: ({ TransformJobName }) => TransformJobName,
});

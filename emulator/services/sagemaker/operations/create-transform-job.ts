import {
  CreateTransformJob$,
  type CreateTransformJobRequest,
  type CreateTransformJobResponse,
} from "@aws-sdk/client-sagemaker";
import { type Checked, operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { badTransform } from "../errors.ts";
import { DEFAULT_PAYLOAD_MB, MAX_TRANSFORM_MB, transformLimits } from "../limits.ts";
import { processingOf } from "../transform/data-processing.ts";
import { refuseInTransform } from "../unemulated.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html
type Input = CreateTransformJobRequest;

export const CreateTransformJob = operation<SageMakerEngine, Input, CreateTransformJobResponse>({
  schema: CreateTransformJob$,
  limits: transformLimits,
  handle(sagemaker, input, call) {
    refuseInTransform(input);
    refuseContradictions(input);
    const { TransformJobName: name, ...declared } = input;
    const { ContentType: contentType, SplitType } = input.TransformInput;
    const isSplit = SplitType === "Line";
    const formats = { contentType, accept: input.TransformOutput.Accept, isSplit };
    const processing = processingOf(input.DataProcessing ?? {}, formats);
    if (typeof processing === "string") throw badTransform(processing);
    const { arn } = sagemaker.createTransform(call, { name, declared, processing });
    return { TransformJobArn: arn };
  },
  summarize: ({ TransformJobName }) => TransformJobName,
});

function refuseContradictions(input: Checked<Input>): void {
  const { MaxConcurrentTransforms, MaxPayloadInMB = DEFAULT_PAYLOAD_MB, DataProcessing } = input;
  const { SplitType = "None" } = input.TransformInput;
  const { AssembleWith = "None" } = input.TransformOutput;
  if ((MaxConcurrentTransforms || 1) * MaxPayloadInMB > MAX_TRANSFORM_MB) {
    throw badTransform(
      `MaxConcurrentTransforms times MaxPayloadInMB must not exceed ${MAX_TRANSFORM_MB} MB.`,
    );
  }
  if (input.BatchStrategy === "SingleRecord" && SplitType === "None") {
    throw badTransform("BatchStrategy SingleRecord needs a SplitType.");
  }
  if (DataProcessing?.JoinSource === "Input" && SplitType !== AssembleWith) {
    throw badTransform("JoinSource Input needs an AssembleWith that equals SplitType.");
  }
}

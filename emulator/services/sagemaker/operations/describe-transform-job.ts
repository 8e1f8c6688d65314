import {
  DescribeTransformJob$,
  type DescribeTransformJobRequest,
  type DescribeTransformJobResponse,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { endpointName } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeTransformJob.html
type Input = DescribeTransformJobRequest;

export const DescribeTransformJob = operation<SageMakerEngine, Input, DescribeTransformJobResponse>(
  {
    schema: DescribeTransformJob$,
    limits: { TransformJobName: endpointName },
    handle(sagemaker, input, call) {
      const job = sagemaker.transforms.get(call, input.TransformJobName);
      const { Tags: _, ...declared } = job.declared;
      const { failureReason, startedAt, endedAt } = job;
      return {
        ...declared,
        TransformJobName: job.name,
        TransformJobArn: job.arn,
        TransformJobStatus: job.status,
        CreationTime: new Date(job.createdAt),
        ...(startedAt !== undefined && { TransformStartTime: new Date(startedAt) }),
        ...(endedAt !== undefined && { TransformEndTime: new Date(endedAt) }),
        ...(failureReason !== undefined && { FailureReason: failureReason }),
      };
    },
    summarize: (_input, { TransformJobName, TransformJobStatus }) =>
      `${TransformJobName} · ${TransformJobStatus}`,
  },
);

import {
  ListTransformJobs$,
  type ListTransformJobsRequest,
  type ListTransformJobsResponse,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { transformListing } from "../limits.ts";
import { listPage } from "../listing.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListTransformJobs.html
type Input = ListTransformJobsRequest;

export const ListTransformJobs = operation<SageMakerEngine, Input, ListTransformJobsResponse>({
  schema: ListTransformJobs$,
  limits: transformListing,
  handle(sagemaker, input, call) {
    const { StatusEquals, LastModifiedTimeAfter, LastModifiedTimeBefore } = input;
    const after = LastModifiedTimeAfter?.getTime() ?? 0;
    const before = LastModifiedTimeBefore?.getTime() ?? Number.POSITIVE_INFINITY;
    const wanted = sagemaker.transforms
      .all(call)
      .filter(({ status }) => StatusEquals === undefined || status === StatusEquals)
      .filter(({ modifiedAt }) => modifiedAt >= after && modifiedAt < before);
    const { items, nextToken } = listPage(wanted, input, ({ status }, sortBy) =>
      sortBy === "Status" ? status : undefined,
    );
    return {
      TransformJobSummaries: items.map((job) => ({
        TransformJobName: job.name,
        TransformJobArn: job.arn,
        CreationTime: new Date(job.createdAt),
        TransformJobStatus: job.status,
        LastModifiedTime: new Date(job.modifiedAt),
        ...(job.endedAt !== undefined && { TransformEndTime: new Date(job.endedAt) }),
        ...(job.failureReason !== undefined && { FailureReason: job.failureReason }),
      })),
      ...(nextToken && { NextToken: nextToken }),
    };
  },
  summarize: (_input, { TransformJobSummaries }) => `${TransformJobSummaries?.length} jobs`,
});

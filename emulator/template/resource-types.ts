import type { ResourceType } from "./resource-type.ts";
import { scalableTarget } from "./resources/aws-applicationautoscaling-scalable-target.ts";
import { scalingPolicy } from "./resources/aws-applicationautoscaling-scaling-policy.ts";
import { iamRole } from "./resources/aws-iam-role.ts";
import { kinesisStream } from "./resources/aws-kinesis-stream.ts";
import { lambdaEventSourceMapping } from "./resources/aws-lambda-event-source-mapping.ts";
import { lambdaFunction } from "./resources/aws-lambda-function.ts";
import { s3Bucket } from "./resources/aws-s3-bucket.ts";
import { sagemakerEndpoint } from "./resources/aws-sagemaker-endpoint.ts";
import { sagemakerEndpointConfig } from "./resources/aws-sagemaker-endpoint-config.ts";
import { sagemakerModel } from "./resources/aws-sagemaker-model.ts";
import { serverlessFunction } from "./resources/aws-serverless-function.ts";

/** The resource types that a template may use: one line per file of `resources/`. */
const ALL: readonly ResourceType[] = [
  scalableTarget,
  scalingPolicy,
  iamRole,
  kinesisStream,
  lambdaEventSourceMapping,
  lambdaFunction,
  s3Bucket,
  sagemakerEndpoint,
  sagemakerEndpointConfig,
  sagemakerModel,
  serverlessFunction,
];

export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map(
  ALL.map((type) => [type.type, type]),
);

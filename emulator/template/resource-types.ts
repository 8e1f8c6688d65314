import type { ResourceType } from "./resource-type.ts";
import { iamRole } from "./resources/aws-iam-role.ts";
import { kinesisStream } from "./resources/aws-kinesis-stream.ts";
import { lambdaAlias } from "./resources/aws-lambda-alias.ts";
import { lambdaEventInvokeConfig } from "./resources/aws-lambda-event-invoke-config.ts";
import { lambdaEventSourceMapping } from "./resources/aws-lambda-event-source-mapping.ts";
import { lambdaFunction } from "./resources/aws-lambda-function.ts";
import { lambdaVersion } from "./resources/aws-lambda-version.ts";
import { s3Bucket } from "./resources/aws-s3-bucket.ts";
import { sagemakerEndpoint } from "./resources/aws-sagemaker-endpoint.ts";
import { sagemakerEndpointConfig } from "./resources/aws-sagemaker-endpoint-config.ts";
import { sagemakerModel } from "./resources/aws-sagemaker-model.ts";
import { serverlessFunction } from "./resources/aws-serverless-function.ts";

/** The resource types that a template may use: one line per file of `resources/`. */
const ALL: readonly ResourceType[] = [
  iamRole,
  kinesisStream,
  lambdaAlias,
  lambdaEventInvokeConfig,
  lambdaEventSourceMapping,
  lambdaFunction,
  lambdaVersion,
  s3Bucket,
  sagemakerEndpoint,
  sagemakerEndpointConfig,
  sagemakerModel,
  serverlessFunction,
];

export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map(
  ALL.map((type) => [type.type, type]),
);

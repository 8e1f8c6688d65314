import type { ResourceType } from "./resource-type.ts";
import { apiGatewayDeployment } from "./resources/aws-api-gateway-deployment.ts";
import { apiGatewayRestApi } from "./resources/aws-api-gateway-rest-api.ts";
import { apiGatewayStage } from "./resources/aws-api-gateway-stage.ts";
import { apiGatewayV2Api } from "./resources/aws-api-gateway-v2-api.ts";
import { apiGatewayV2Integration } from "./resources/aws-api-gateway-v2-integration.ts";
import { apiGatewayV2Route } from "./resources/aws-api-gateway-v2-route.ts";
import { apiGatewayV2Stage } from "./resources/aws-api-gateway-v2-stage.ts";
import { scalableTarget } from "./resources/aws-applicationautoscaling-scalable-target.ts";
import { scalingPolicy } from "./resources/aws-applicationautoscaling-scaling-policy.ts";
import { cloudWatchAlarm } from "./resources/aws-cloudwatch-alarm.ts";
import { dynamodbTable } from "./resources/aws-dynamodb-table.ts";
import { eventsRule } from "./resources/aws-events-rule.ts";
import { iamManagedPolicy, iamPolicy } from "./resources/aws-iam-policy.ts";
import { iamRole } from "./resources/aws-iam-role.ts";
import { kinesisStream } from "./resources/aws-kinesis-stream.ts";
import { lambdaAlias } from "./resources/aws-lambda-alias.ts";
import { lambdaEventInvokeConfig } from "./resources/aws-lambda-event-invoke-config.ts";
import { lambdaEventSourceMapping } from "./resources/aws-lambda-event-source-mapping.ts";
import { lambdaFunction } from "./resources/aws-lambda-function.ts";
import { lambdaPermission } from "./resources/aws-lambda-permission.ts";
import { lambdaUrl } from "./resources/aws-lambda-url.ts";
import { lambdaVersion } from "./resources/aws-lambda-version.ts";
import { logGroup } from "./resources/aws-logs-log-group.ts";
import { s3Bucket } from "./resources/aws-s3-bucket.ts";
import { s3BucketPolicy } from "./resources/aws-s3-bucket-policy.ts";
import { sagemakerEndpoint } from "./resources/aws-sagemaker-endpoint.ts";
import { sagemakerEndpointConfig } from "./resources/aws-sagemaker-endpoint-config.ts";
import { sagemakerModel } from "./resources/aws-sagemaker-model.ts";
import { schedulerSchedule } from "./resources/aws-scheduler-schedule.ts";
import { serverlessApi } from "./resources/aws-serverless-api.ts";
import { serverlessConnector } from "./resources/aws-serverless-connector.ts";
import { serverlessFunction } from "./resources/aws-serverless-function.ts";
import { serverlessHttpApi } from "./resources/aws-serverless-http-api.ts";
import { serverlessSimpleTable } from "./resources/aws-serverless-simple-table.ts";
import { sqsQueue } from "./resources/aws-sqs-queue.ts";
import { sqsQueuePolicy } from "./resources/aws-sqs-queue-policy.ts";

/** The resource types that a template may use: one line per file of `resources/`. */
const ALL: readonly ResourceType[] = [
  apiGatewayDeployment,
  apiGatewayRestApi,
  apiGatewayStage,
  apiGatewayV2Api,
  apiGatewayV2Integration,
  apiGatewayV2Route,
  apiGatewayV2Stage,
  scalableTarget,
  scalingPolicy,
  cloudWatchAlarm,
  iamManagedPolicy,
  iamPolicy,
  dynamodbTable,
  eventsRule,
  iamRole,
  kinesisStream,
  lambdaAlias,
  lambdaEventInvokeConfig,
  lambdaEventSourceMapping,
  lambdaFunction,
  lambdaPermission,
  lambdaVersion,
  lambdaUrl,
  logGroup,
  s3Bucket,
  s3BucketPolicy,
  sagemakerEndpoint,
  sagemakerEndpointConfig,
  sagemakerModel,
  schedulerSchedule,
  serverlessApi,
  serverlessConnector,
  serverlessFunction,
  serverlessHttpApi,
  sqsQueue,
  sqsQueuePolicy,
  serverlessSimpleTable,
];

export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map(
  ALL.map((type) => [type.type, type]),
);

import { join } from "node:path";
import { packageRoot } from "../../emulator/pipelines/pipeline.ts";

type Json = Readonly<Record<string, unknown>>;

interface Case {
  readonly type: string;
  /** Its properties in either template. */
  readonly always?: Json;
  /** Added by the second template. */
  readonly second: Json;
  readonly metadata?: Json;
  /** What the API tells of it: operation and input. */
  readonly told?: readonly (readonly [service: string, operation: string, input: Json])[];
}

const ref = (Ref: string) => ({ Ref });
const attribute = (id: string, name: string) => ({ "Fn::GetAtt": [id, name] });
const TAGS = [{ Key: "team", Value: "rides" }];
const joined = (...parts: unknown[]) => ({ "Fn::Join": ["", parts] });
const LISTED = { ServiceNamespace: "sagemaker" };
const SCALED = {
  ...LISTED,
  ResourceId: joined("endpoint/", attribute("Endpoint", "EndpointName"), "/variant/All"),
  ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
};
const ROUTE = (path: string) => ({
  openapi: "3.0.1",
  paths: { [path]: { get: { "x-amazon-apigateway-integration": { type: "mock" } } } },
});
const arn = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:000000000000:${resource}`;

export const CASES: Readonly<Record<string, Case>> = {
  Stream: {
    type: "AWS::Kinesis::Stream",
    always: { Name: "rides" },
    second: { RetentionPeriodHours: 48 },
    told: [["kinesis", "DescribeStreamSummary", { StreamName: "rides" }]],
  },
  Function: {
    type: "AWS::Lambda::Function",
    always: {
      FunctionName: "score",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: arn("iam", "role/any").replace("us-east-1", ""),
      Code: { ZipFile: "exports.handler = async () => 1;" },
      Environment: { Variables: { MODE: "one" } },
    },
    second: {
      Code: { ZipFile: "exports.handler = async () => 2;" },
      Timeout: 9,
      MemorySize: 256,
      Description: "second",
      Environment: { Variables: { MODE: "two" } },
      ReservedConcurrentExecutions: 2,
      Tags: TAGS,
    },
    told: [
      ["lambda", "GetFunction", { FunctionName: "score" }],
      ["lambda", "GetFunctionConcurrency", { FunctionName: "score" }],
    ],
  },
  Version: { type: "AWS::Lambda::Version", always: { FunctionName: ref("Function") }, second: {} },
  Alias: {
    type: "AWS::Lambda::Alias",
    always: {
      Name: "live",
      FunctionName: ref("Function"),
      FunctionVersion: attribute("Version", "Version"),
    },
    second: { Description: "second" },
    told: [["lambda", "GetAlias", { FunctionName: "score", Name: "live" }]],
  },
  Asynchronous: {
    type: "AWS::Lambda::EventInvokeConfig",
    always: { FunctionName: ref("Function"), Qualifier: "$LATEST", MaximumRetryAttempts: 1 },
    second: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
    told: [["lambda", "GetFunctionEventInvokeConfig", { FunctionName: "score" }]],
  },
  Mapping: {
    type: "AWS::Lambda::EventSourceMapping",
    always: {
      FunctionName: ref("Function"),
      EventSourceArn: attribute("Stream", "Arn"),
      StartingPosition: "LATEST",
    },
    second: { BatchSize: 7, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 3 },
    told: [["lambda", "ListEventSourceMappings", {}]],
  },
  Bucket: {
    type: "AWS::S3::Bucket",
    always: { BucketName: "models" },
    second: {
      WebsiteConfiguration: { IndexDocument: "index.html" },
      CorsConfiguration: { CorsRules: [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }] },
      NotificationConfiguration: {
        QueueConfigurations: [{ Event: "s3:ObjectCreated:*", Queue: attribute("Queue", "Arn") }],
      },
    },
    metadata: {
      Wavetank: {
        Upload: [{ Key: "model.tar.gz", Pack: [join(packageRoot(), "fixtures/wine/model.onnx")] }],
      },
    },
    told: ["GetBucketWebsite", "GetBucketCors", "GetBucketNotificationConfiguration"].map(
      (operation) => ["s3", operation, { Bucket: "models" }],
    ),
  },
  Model: {
    type: "AWS::SageMaker::Model",
    always: {
      ModelName: "rides",
      ExecutionRoleArn: arn("iam", "role/any").replace("us-east-1", ""),
      PrimaryContainer: {
        Image: "wavetank/model-server",
        ModelDataUrl: joined("s3://", ref("Bucket"), "/model.tar.gz"),
      },
    },
    second: { Tags: TAGS },
    told: [["sagemaker", "ListTags", { ResourceArn: arn("sagemaker", "model/rides") }]],
  },
  Config: {
    type: "AWS::SageMaker::EndpointConfig",
    always: serving({ InitialInstanceCount: 1 }),
    second: { Tags: TAGS },
    told: [["sagemaker", "ListTags", { ResourceArn: "{Config}" }]],
  },
  Larger: {
    type: "AWS::SageMaker::EndpointConfig",
    always: serving({ InitialInstanceCount: 2 }),
    second: {},
  },
  Endpoint: {
    type: "AWS::SageMaker::Endpoint",
    always: {
      EndpointName: "rides",
      EndpointConfigName: attribute("Config", "EndpointConfigName"),
    },
    second: { EndpointConfigName: attribute("Larger", "EndpointConfigName"), Tags: TAGS },
    told: [
      ["sagemaker", "DescribeEndpoint", { EndpointName: "rides" }],
      ["sagemaker", "ListTags", { ResourceArn: arn("sagemaker", "endpoint/rides") }],
    ],
  },
  Target: {
    type: "AWS::ApplicationAutoScaling::ScalableTarget",
    always: { ...SCALED, MinCapacity: 1, MaxCapacity: 2 },
    second: {
      MaxCapacity: 3,
      SuspendedState: { DynamicScalingInSuspended: true },
      ScheduledActions: [
        {
          ScheduledActionName: "night",
          Schedule: "rate(1 day)",
          ScalableTargetAction: { MinCapacity: 1 },
        },
      ],
    },
    told: [
      ["application-autoscaling", "DescribeScalableTargets", LISTED],
      ["application-autoscaling", "DescribeScheduledActions", LISTED],
    ],
  },
  Policy: {
    type: "AWS::ApplicationAutoScaling::ScalingPolicy",
    always: {
      PolicyName: "Invocations",
      PolicyType: "TargetTrackingScaling",
      ScalingTargetId: ref("Target"),
      ...tracking({ TargetValue: 100 }),
    },
    second: tracking({ TargetValue: 200, ScaleInCooldown: 5 }),
    told: [["application-autoscaling", "DescribeScalingPolicies", LISTED]],
  },
  Alarm: {
    type: "AWS::CloudWatch::Alarm",
    always: {
      AlarmName: "late",
      Namespace: "AWS/Lambda",
      MetricName: "Errors",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanThreshold",
    },
    second: { Threshold: 2, AlarmDescription: "second", TreatMissingData: "breaching" },
    told: [["cloudwatch", "DescribeAlarms", {}]],
  },
  Logs: {
    type: "AWS::Logs::LogGroup",
    always: { LogGroupName: "app" },
    second: { RetentionInDays: 7 },
    told: [["cloudwatch-logs", "DescribeLogGroups", { logGroupNamePrefix: "app" }]],
  },
  Rest: {
    type: "AWS::ApiGateway::RestApi",
    always: { Name: "rides", Body: ROUTE("/one") },
    second: { Body: ROUTE("/two") },
    told: [["api-gateway", "GetResources", { restApiId: "{Rest}" }]],
  },
  RestDeployment: {
    type: "AWS::ApiGateway::Deployment",
    always: { RestApiId: ref("Rest") },
    second: {},
  },
  RestStage: {
    type: "AWS::ApiGateway::Stage",
    always: { RestApiId: ref("Rest"), DeploymentId: ref("RestDeployment"), StageName: "live" },
    second: { Description: "second", Variables: { mode: "two" } },
    told: [["api-gateway", "GetStages", { restApiId: "{Rest}" }]],
  },
  Http: {
    type: "AWS::ApiGatewayV2::Api",
    always: { Name: "rides", ProtocolType: "HTTP" },
    second: {},
  },
  Integration: {
    type: "AWS::ApiGatewayV2::Integration",
    always: {
      ApiId: ref("Http"),
      IntegrationType: "AWS_PROXY",
      IntegrationUri: attribute("Function", "Arn"),
      PayloadFormatVersion: "2.0",
    },
    second: { PayloadFormatVersion: "1.0", TimeoutInMillis: 5_000 },
    told: [["api-gateway-v2", "GetIntegrations", { ApiId: "{Http}" }]],
  },
  Route: {
    type: "AWS::ApiGatewayV2::Route",
    always: { ApiId: ref("Http"), RouteKey: "GET /one" },
    second: { RouteKey: "GET /two" },
    told: [["api-gateway-v2", "GetRoutes", { ApiId: "{Http}" }]],
  },
  HttpStage: {
    type: "AWS::ApiGatewayV2::Stage",
    always: { ApiId: ref("Http"), StageName: "live", AutoDeploy: true },
    second: { Description: "second", StageVariables: { mode: "two" } },
    told: [["api-gateway-v2", "GetStages", { ApiId: "{Http}" }]],
  },
  Queue: { type: "AWS::SQS::Queue", always: { QueueName: "told" }, second: {} },
};

function tracking(given: Json): Json {
  const PredefinedMetricSpecification = {
    PredefinedMetricType: "SageMakerVariantInvocationsPerInstance",
  };
  return { TargetTrackingScalingPolicyConfiguration: { ...given, PredefinedMetricSpecification } };
}

function serving(given: Json): Json {
  const variant = {
    VariantName: "All",
    ModelName: attribute("Model", "ModelName"),
    InstanceType: "ml.m5.large",
  };
  return { ProductionVariants: [{ ...variant, ...given }] };
}

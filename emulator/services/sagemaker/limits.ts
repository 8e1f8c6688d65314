import {
  AssemblyType,
  BatchStrategy,
  CompressionType,
  EndpointConfigSortKey,
  EndpointSortKey,
  EndpointStatus,
  JoinSource,
  ModelSortKey,
  OrderKey,
  ProductionVariantInstanceType,
  S3DataType,
  SplitType,
  TrafficRoutingConfigType,
  TransformInstanceType,
  TransformJobStatus,
} from "@aws-sdk/client-sagemaker";
import { list, map, oneOf, range, structure, text } from "../../core/limits.ts";

// Lengths, ranges and patterns: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations.html
const namePattern = "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}";
export const endpointName = text({ max: 63, pattern: namePattern });
export const endpointConfigName = text({ max: 63, pattern: namePattern });
export const modelName = text({
  max: 63,
  pattern: String.raw`[a-zA-Z0-9]([\-a-zA-Z0-9]*[a-zA-Z0-9])?`,
});
export const tags = list({ max: 50 });
export const roleArn = text({
  min: 20,
  max: 2048,
  pattern: String.raw`arn:aws[a-z\-]*:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+`,
});

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html
export const container = structure({
  ContainerHostname: text({ max: 63, pattern: namePattern }),
  Image: text({ max: 255, pattern: String.raw`[\S]+` }),
  Mode: oneOf(["SingleModel", "MultiModel"]),
  ModelDataUrl: text({ max: 1024, pattern: "(https|s3)://([^/]+)/?(.*)" }),
  Environment: map({ max: 100 }),
  MultiModelConfig: structure({ ModelCacheSetting: oneOf(["Enabled", "Disabled"]) }),
  ModelDataSource: structure({
    S3DataSource: structure({
      S3Uri: text({ max: 1024, pattern: "(https|s3)://([^/]+)/?(.*)" }),
      S3DataType: oneOf(["S3Prefix", "S3Object"]),
      CompressionType: oneOf(["None", "Gzip"]),
    }),
  }),
});
export const containers = list({ max: 15, each: container });

// https://docs.aws.amazon.com/sagemaker/latest/dg/invoke-multi-model-endpoint.html
export const MODEL_LOAD_WAIT_MS = 60_000;
export const MODEL_LOAD_TIMEOUT_MS = 360_000;

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html
export const DEFAULT_VARIANT_WEIGHT = 1;
// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataCaptureConfig.html
const contentTypes = list({
  min: 1,
  max: 10,
  each: text({
    min: 1,
    max: 256,
    pattern: "[a-zA-Z0-9](-*[a-zA-Z0-9])*/[a-zA-Z0-9](-*[a-zA-Z0-9.])*",
  }),
});
export const dataCapture = structure({
  InitialSamplingPercentage: range(0, 100),
  DestinationS3Uri: text({ max: 512, pattern: "(https|s3)://([^/]+)/?(.*)" }),
  KmsKeyId: text({ max: 2048, pattern: ".*" }),
  CaptureOptions: list({
    min: 1,
    max: 32,
    each: structure({ CaptureMode: oneOf(["Input", "Output", "InputAndOutput"]) }),
  }),
  CaptureContentTypeHeader: structure({
    CsvContentTypes: contentTypes,
    JsonContentTypes: contentTypes,
  }),
});

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AsyncInferenceConfig.html
const s3Path = text({ max: 1024, pattern: "(https|s3)://([^/]+)/?(.*)" });
export const asyncInference = structure({
  ClientConfig: structure({ MaxConcurrentInvocationsPerInstance: range(1, 1000) }),
  OutputConfig: structure({
    KmsKeyId: text({ max: 2048, pattern: ".*" }),
    S3OutputPath: s3Path,
    S3FailurePath: s3Path,
  }),
});

const timeoutSeconds = range(60, 3600);
const variant = structure({
  VariantName: text({ max: 63, pattern: namePattern }),
  ModelName: modelName,
  InitialInstanceCount: range(1, Number.POSITIVE_INFINITY),
  InstanceType: oneOf(Object.values(ProductionVariantInstanceType)),
  InitialVariantWeight: range(0, Number.POSITIVE_INFINITY),
  VolumeSizeInGB: range(1, 512),
  ModelDataDownloadTimeoutInSeconds: timeoutSeconds,
  ContainerStartupHealthCheckTimeoutInSeconds: timeoutSeconds,
});
export const productionVariants = list({ min: 1, max: 10, each: variant });
export const shadowVariants = list({ max: 10, each: variant });

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DesiredWeightAndCapacity.html
export const desiredCapacities = list({
  min: 1,
  max: 100,
  each: structure({
    VariantName: text({ max: 63, pattern: namePattern }),
    DesiredWeight: range(0, Number.POSITIVE_INFINITY),
    DesiredInstanceCount: range(0, Number.POSITIVE_INFINITY),
  }),
});

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeploymentConfig.html
const capacitySize = structure({
  Type: oneOf(["INSTANCE_COUNT", "CAPACITY_PERCENT"]),
  Value: range(1, Number.POSITIVE_INFINITY),
});
export const deploymentConfig = structure({
  BlueGreenUpdatePolicy: structure({
    TrafficRoutingConfiguration: structure({
      Type: oneOf(Object.values(TrafficRoutingConfigType)),
      WaitIntervalInSeconds: range(0, 3600),
      CanarySize: capacitySize,
      LinearStepSize: capacitySize,
    }),
    TerminationWaitInSeconds: range(0, 3600),
    MaximumExecutionTimeoutInSeconds: range(600, 28_800),
  }),
  AutoRollbackConfiguration: structure({
    Alarms: list({
      min: 1,
      max: 10,
      each: structure({ AlarmName: text({ min: 1, max: 255, pattern: ".*" }) }),
    }),
  }),
});

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html
export const DEFAULT_PAYLOAD_MB = 6;
export const MAX_TRANSFORM_MB = 100;
export const DEFAULT_RETRIES = 3;
export const DEFAULT_TRANSFORM_SECONDS = 600;
const jsonPathText = text({ max: 63, pattern: ".*" });
export const transformLimits = {
  TransformJobName: endpointName,
  ModelName: modelName,
  MaxConcurrentTransforms: range(0, Number.POSITIVE_INFINITY),
  MaxPayloadInMB: range(0, Number.POSITIVE_INFINITY),
  BatchStrategy: oneOf(Object.values(BatchStrategy)),
  Environment: map({ max: 16 }),
  ModelClientConfig: structure({
    InvocationsTimeoutInSeconds: range(1, 3600),
    InvocationsMaxRetries: range(0, 3),
  }),
  TransformInput: structure({
    DataSource: structure({
      S3DataSource: structure({
        S3DataType: oneOf(Object.values(S3DataType)),
        S3Uri: s3Path,
      }),
    }),
    ContentType: text({ max: 256, pattern: ".*" }),
    CompressionType: oneOf(Object.values(CompressionType)),
    SplitType: oneOf(Object.values(SplitType)),
  }),
  TransformOutput: structure({
    S3OutputPath: s3Path,
    Accept: text({ max: 256, pattern: ".*" }),
    AssembleWith: oneOf(Object.values(AssemblyType)),
  }),
  TransformResources: structure({
    InstanceType: oneOf(Object.values(TransformInstanceType)),
    InstanceCount: range(1, Number.POSITIVE_INFINITY),
  }),
  DataProcessing: structure({
    InputFilter: jsonPathText,
    OutputFilter: jsonPathText,
    JoinSource: oneOf(Object.values(JoinSource)),
  }),
  Tags: tags,
};

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AddTags.html
export const resourceArn = text({ max: 256, pattern: "arn:.*" });
export const tagKeys = list({ min: 1, max: 50 });
export const tagPage = range(50, Number.POSITIVE_INFINITY);

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListEndpoints.html
export const DEFAULT_PAGE = 10;
const listing = {
  MaxResults: range(1, 100),
  NameContains: text({ max: 63, pattern: String.raw`[a-zA-Z0-9\-]+` }),
  NextToken: text({ max: 8192, pattern: ".*" }),
  SortOrder: oneOf(Object.values(OrderKey)),
};
export const endpointListing = {
  ...listing,
  SortBy: oneOf(Object.values(EndpointSortKey)),
  StatusEquals: oneOf(Object.values(EndpointStatus)),
};
export const endpointConfigListing = {
  ...listing,
  SortBy: oneOf(Object.values(EndpointConfigSortKey)),
};
export const modelListing = { ...listing, SortBy: oneOf(Object.values(ModelSortKey)) };
export const transformListing = {
  ...listing,
  SortBy: oneOf(["Name", "CreationTime", "Status"]),
  StatusEquals: oneOf(Object.values(TransformJobStatus)),
};

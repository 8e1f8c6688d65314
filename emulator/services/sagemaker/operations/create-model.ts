import {
  type ContainerDefinition,
  CreateModel$,
  type CreateModelInput,
  type CreateModelOutput,
} from "@aws-sdk/client-sagemaker";
import { type Checked, operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import {
  badCapacity,
  containersGivenTwice,
  memberMissing,
  modelDataGivenTwice,
  modelDataMisplaced,
  modelDataNotAnArchive,
  multiModelConfigMisplaced,
  notEmulated,
} from "../errors.ts";
import { container, containers, modelName, roleArn, tags } from "../limits.ts";
import { fileNameOf, type ModelData, s3Location } from "../model/model-data.ts";
import { capacityFault } from "../serving/capacity.ts";
import { refuseInContainer, refuseInModelData } from "../unemulated.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html
type Input = Checked<CreateModelInput>;
type Container = Checked<ContainerDefinition>;

export const CreateModel = operation<SageMakerEngine, CreateModelInput, CreateModelOutput>({
  schema: CreateModel$,
  limits: {
    ModelName: modelName,
    PrimaryContainer: container,
    Containers: containers,
    ExecutionRoleArn: roleArn,
    Tags: tags,
  },
  async handle(sagemaker, input, call) {
    const only = onlyContainer(input);
    refuseInContainer(only);
    const fault = capacityFault(only.Environment ?? {});
    if (fault !== undefined) throw badCapacity(fault);
    const { ModelName: name, ...declared } = input;
    const { arn } = await sagemaker.createModel(call, {
      name,
      image: only.Image,
      data: dataOf(only),
      environment: only.Environment ?? {},
      isCached: only.MultiModelConfig?.ModelCacheSetting !== "Disabled",
      declared,
    });
    return { ModelArn: arn };
  },
  summarize: ({ ModelName }) => ModelName,
});

function onlyContainer(input: Input): Container {
  const { PrimaryContainer, Containers = [], InferenceExecutionConfig } = input;
  if (PrimaryContainer && Containers.length > 0) throw containersGivenTwice();
  if (InferenceExecutionConfig?.Mode === "Direct") {
    throw notEmulated("InferenceExecutionConfig Mode Direct");
  }
  if (Containers.length > 1) throw notEmulated("A model of several Containers");
  const only = PrimaryContainer ?? Containers[0];
  if (!only) throw memberMissing("primaryContainer");
  return only;
}

function dataOf({ ModelDataUrl, ModelDataSource, Mode, MultiModelConfig }: Container): ModelData {
  if (Mode === "MultiModel") return prefixOf(ModelDataUrl);
  if (MultiModelConfig) throw multiModelConfigMisplaced();
  const source = ModelDataSource?.S3DataSource;
  if (ModelDataUrl !== undefined && source) throw modelDataGivenTwice();
  if (ModelDataUrl !== undefined) {
    if (!s3Location(ModelDataUrl)) throw modelDataMisplaced(ModelDataUrl);
    if (!ModelDataUrl.endsWith(".tar.gz")) throw modelDataNotAnArchive(ModelDataUrl);
    return { uri: ModelDataUrl, packing: "tar.gz" };
  }
  if (!source) throw notEmulated("A container without model data (an image that brings its own)");
  refuseInModelData(source);
  const { S3Uri, S3DataType, CompressionType } = source;
  if (S3DataType === "S3Prefix") throw notEmulated("S3DataType S3Prefix");
  const location = s3Location(S3Uri);
  if (!location) throw modelDataMisplaced(S3Uri);
  if (CompressionType === "Gzip") return { uri: S3Uri, packing: "tar.gz" };
  if (fileNameOf(location.key) === undefined) throw modelDataMisplaced(S3Uri);
  return { uri: S3Uri, packing: "file" };
}

/** Where a multi-model container's archives lie. There need not be any yet. */
function prefixOf(uri: string | undefined): ModelData {
  if (uri === undefined) throw memberMissing("primaryContainer.modelDataUrl");
  if (!/^s3:\/\/[^/]+/.test(uri)) throw modelDataMisplaced(uri);
  return { uri, packing: "models" };
}

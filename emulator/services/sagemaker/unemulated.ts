import { notEmulated } from "./errors.ts";

type Members = Readonly<Record<string, unknown>>;

/** Members that would change what a call does, were they not ignored: refused by name. */
const CONTAINER = [
  "AdditionalModelDataSources",
  "ContainerMetricsConfig",
  "InferenceSpecificationName",
  "ModelPackageName",
];
const MODEL_DATA = ["HubAccessConfig", "ManifestEtag", "ManifestS3Uri", "ETag"];
const ENDPOINT_CONFIG = ["ExplainerConfig", "MetricsConfig"];
const VARIANT = [
  "AcceleratorType",
  "CoreDumpConfig",
  "InstancePools",
  "ManagedInstanceScaling",
  "ServerlessConfig",
];

export function refuseInContainer(container: object): void {
  refuse(container, CONTAINER);
}

export function refuseInModelData(source: object): void {
  refuse(source, MODEL_DATA);
}

export function refuseInEndpointConfig(config: object): void {
  refuse(config, ENDPOINT_CONFIG);
  const capture = (config as Members).DataCaptureConfig as Members | undefined;
  if (String(capture?.DestinationS3Uri).startsWith("https:")) {
    throw notEmulated("A DestinationS3Uri of https");
  }
}

export function refuseInAsyncOutput(output: object): void {
  refuse(output, ["NotificationConfig"]);
  const { S3OutputPath, S3FailurePath } = output as Members;
  for (const path of [S3OutputPath, S3FailurePath]) {
    if (String(path).startsWith("https:"))
      throw notEmulated("An asynchronous output path of https");
  }
}

export function refuseInVariant(variant: object): void {
  refuse(variant, VARIANT);
  if ((variant as Members).ModelName === undefined) {
    throw notEmulated("A production variant without ModelName (inference components)");
  }
}

export function refuseInTransform(job: object): void {
  refuse(job, ["DataCaptureConfig", "ExperimentConfig"]);
  const { TransformInput, TransformOutput } = job as Members;
  const { SplitType, DataSource } = TransformInput as Members;
  if (SplitType === "RecordIO" || SplitType === "TFRecord") {
    throw notEmulated(`SplitType ${SplitType}`);
  }
  const { S3DataSource } = DataSource as Members;
  const { S3DataType, S3Uri } = S3DataSource as Members;
  if (S3DataType === "AugmentedManifestFile") throw notEmulated("S3DataType AugmentedManifestFile");
  const { S3OutputPath } = TransformOutput as Members;
  for (const path of [S3Uri, S3OutputPath]) {
    if (String(path).startsWith("https:")) throw notEmulated("A transform's place of https");
  }
}

export function refuseInCapacity(capacity: object): void {
  refuse(capacity, ["ServerlessUpdateConfig"]);
}

function refuse(members: object, names: readonly string[]): void {
  for (const name of names) {
    const value = (members as Members)[name];
    const isAbsent = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!isAbsent) throw notEmulated(name);
  }
}

import type { ContainerDefinition, ProductionVariant } from "@aws-sdk/client-sagemaker";
import { arn } from "../../core/arn.ts";
import type { Scope } from "../../core/service.ts";
import { type Created, resolve } from "../../template/intrinsics.ts";
import type { Template } from "../../template/load.ts";
import { type Plan, plan, readProperties } from "../../template/plan.ts";
import { Report } from "../../template/problem.ts";
import type { Declaration } from "../../template/resource-type.ts";

/** What a first deploy of templates asks of an account, counted from their resources. */
export interface Needs {
  readonly provisionedShards: number;
  readonly onDemandStreams: number;
  /** Functions that run at once when every shard has something to read. */
  readonly concurrency: number;
  /** By instance type; serverless variants have none. */
  readonly instances: ReadonlyMap<string, number>;
  /** Names that the templates give to their buckets. */
  readonly buckets: ReadonlySet<string>;
  /** What stands for the names of the other buckets, which CloudFormation will make up. */
  readonly unnamedBuckets: ReadonlySet<string>;
  readonly images: ReadonlySet<string>;
  /** `s3://bucket/key` of each model's artifact. */
  readonly modelData: ReadonlySet<string>;
  /** What could not be counted, one sentence each. */
  readonly warnings: readonly string[];
}

/** A resource with its properties as the API would take them. */
interface Counted {
  readonly type: string;
  /** Unlike that of any other resource of any template, where the template gives it none. */
  readonly placeholder: string;
  readonly values: Record<string, unknown>;
}

/** @throws WavetankError ERR_TEMPLATE for what is wrong with a template by itself */
export function needsOf(
  templates: readonly { readonly template: Template; readonly stackName: string }[],
  { scope, parameters }: { scope: Scope; parameters: Readonly<Record<string, string>> },
): Needs {
  const plans = templates.map(({ template, stackName }) =>
    plan(template, { stackName, scope, parameters: declared(template, parameters), loose: true }),
  );
  const resources = plans.flatMap((each) => counted(each, scope));
  const all = (type: string) => resources.filter((resource) => resource.type === type);
  const of = (type: string) => all(type).map(({ values }) => values);
  const shards = shardsByArn(all("AWS::Kinesis::Stream"), scope);
  const containers = of("AWS::SageMaker::Model").flatMap(containersOf);
  return {
    provisionedShards: sum([...shards.values()]),
    onDemandStreams: of("AWS::Kinesis::Stream").filter(isOnDemand).length,
    concurrency: sum(of("AWS::Lambda::EventSourceMapping").map((each) => pollers(each, shards))),
    instances: instancesOf(of("AWS::SageMaker::EndpointConfig")),
    buckets: texts(of("AWS::S3::Bucket").map(({ BucketName }) => BucketName)),
    unnamedBuckets: texts(
      all("AWS::S3::Bucket").map(({ values, placeholder }) => !values.BucketName && placeholder),
    ),
    images: texts(containers.map(({ Image }) => Image)),
    modelData: texts(containers.map(({ ModelDataUrl }) => ModelDataUrl)),
    warnings: plans.flatMap(({ warnings }) => warnings),
  };
}

/** One `--parameter` serves several templates: each gets those that it declares. */
function declared(
  template: Template,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => template.parameters.has(name)),
  );
}

function counted(planned: Plan, scope: Scope): Counted[] {
  const created = foreseen(planned, scope);
  return planned.resources.map(({ declaration, type }) => {
    const properties = resolve(declaration.properties, { ...planned.scope, created });
    const whole = properties?.kind === "map" ? { ...declaration, properties } : declaration;
    // The plan has checked every property already: nothing new can be wrong here.
    const report = new Report({ loose: true });
    const values = readProperties(whole, { type, report });
    return { type: declaration.type, placeholder: placeholderOf(declaration, planned), values };
  });
}

/** The names that are known before anything exists, so that what refers to them can be read. */
function foreseen(planned: Plan, scope: Scope): Map<string, Created> {
  const created = new Map<string, Created>();
  for (const { declaration, type } of planned.resources) {
    const values = readProperties(declaration, { type, report: new Report({ loose: true }) });
    const { BucketName, Name } = values;
    const placeholder = placeholderOf(declaration, planned);
    if (declaration.type === "AWS::S3::Bucket") {
      const physicalId = typeof BucketName === "string" ? BucketName : placeholder;
      const Arn = arn("s3", { region: "", accountId: "" }, physicalId);
      const attributes = { ...blank(type.attributes), Arn };
      created.set(declaration.logicalId, { physicalId, attributes });
    } else if (declaration.type === "AWS::Kinesis::Stream") {
      const physicalId = typeof Name === "string" ? Name : placeholder;
      const attributes = { Arn: streamArn(physicalId, scope) };
      created.set(declaration.logicalId, { physicalId, attributes });
    }
  }
  return created;
}

function placeholderOf({ logicalId }: Declaration, { stackName }: Plan): string {
  return `${stackName}-${logicalId}`;
}

function blank(attributes: readonly string[]): Record<string, string> {
  return Object.fromEntries(attributes.map((name) => [name, ""]));
}

function streamArn(name: string, scope: Scope): string {
  return arn("kinesis", scope, `stream/${name}`);
}

function isOnDemand({ StreamModeDetails }: Record<string, unknown>): boolean {
  const mode = StreamModeDetails as { StreamMode?: string } | undefined;
  return mode?.StreamMode === "ON_DEMAND";
}

function shardsByArn(streams: readonly Counted[], scope: Scope): ReadonlyMap<string, number> {
  const provisioned = streams.filter(({ values }) => !isOnDemand(values));
  return new Map(
    provisioned.map(({ placeholder, values: { Name, ShardCount } }) => [
      streamArn(typeof Name === "string" ? Name : placeholder, scope),
      typeof ShardCount === "number" ? ShardCount : 1,
    ]),
  );
}

/**
 * How many invocations of a mapping run at once: one per shard and unit of ParallelizationFactor.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
 */
function pollers(mapping: Record<string, unknown>, shards: ReadonlyMap<string, number>): number {
  const { Enabled = true, EventSourceArn, ParallelizationFactor = 1 } = mapping;
  if (!Enabled) return 0;
  return (shards.get(String(EventSourceArn)) ?? 1) * Number(ParallelizationFactor);
}

function containersOf(model: Record<string, unknown>): ContainerDefinition[] {
  const { PrimaryContainer, Containers = [] } = model as {
    PrimaryContainer?: ContainerDefinition;
    Containers?: ContainerDefinition[];
  };
  return PrimaryContainer ? [PrimaryContainer, ...Containers] : Containers;
}

function instancesOf(configs: readonly Record<string, unknown>[]): Map<string, number> {
  const instances = new Map<string, number>();
  for (const config of configs) {
    const { ProductionVariants = [], ShadowProductionVariants = [] } = config as {
      ProductionVariants?: ProductionVariant[];
      ShadowProductionVariants?: ProductionVariant[];
    };
    for (const variant of [...ProductionVariants, ...ShadowProductionVariants]) {
      const { InstanceType, InitialInstanceCount = 1 } = variant;
      if (!InstanceType) continue;
      instances.set(InstanceType, (instances.get(InstanceType) ?? 0) + InitialInstanceCount);
    }
  }
  return instances;
}

function texts(values: readonly unknown[]): Set<string> {
  return new Set(values.filter((value) => typeof value === "string"));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

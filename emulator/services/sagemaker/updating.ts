import type { DeploymentConfig } from "@aws-sdk/client-sagemaker";
import type { Checked } from "../../core/service.ts";
import type { Endpoint, Plan } from "./endpoint.ts";
import {
  endpointFailed,
  endpointInProgress,
  noInstances,
  registeredForScaling,
  variantNameTwice,
  variantsNotPresent,
} from "./errors.ts";
import type { EndpointConfig, HostedModel, PlannedVariant, Variant } from "./resources.ts";
import type { DeployedVariant } from "./serving/deployed-variant.ts";
import type { Shelf } from "./shelf.ts";

/** A configuration with the models that it names, as both are now. */
export function planOf(
  { configs, models }: { configs: Shelf<EndpointConfig>; models: Shelf<HostedModel> },
  configName: string,
): Plan {
  const config = configs.get(configName);
  const withModel = (variant: Variant) => ({ ...variant, model: models.get(variant.modelName) });
  return {
    config,
    variants: config.variants.map(withModel),
    shadow: config.shadow && withModel(config.shadow),
  };
}

/** An endpoint that takes updates now. */
export function updatable(endpoint: Endpoint): Endpoint {
  if (endpoint.status === "Failed") throw endpointFailed(endpoint.arn);
  if (endpoint.status !== "InService") throw endpointInProgress(endpoint.arn);
  return endpoint;
}

/** Which configuration an endpoint is to take, and how. */
export interface EndpointUpdate {
  readonly name: string;
  readonly configName: string;
  readonly deployment: Checked<DeploymentConfig> | undefined;
  /** Whether it goes as the update before went, where nothing is said of how. */
  readonly retainsDeployment?: boolean | undefined;
}

/** What a variant keeps of itself when its endpoint takes another configuration. */
export type Retained = "DesiredInstanceCount" | "DesiredWeight";

/** The variants of a new configuration, with what those of the same name retain. */
export function retaining(
  variants: readonly PlannedVariant[],
  before: readonly DeployedVariant[],
  retained: readonly Retained[],
): PlannedVariant[] {
  return variants.map((variant) => {
    const old = before.find(({ name }) => name === variant.name);
    if (!old) return variant;
    return {
      ...variant,
      ...(retained.includes("DesiredWeight") && { weight: old.desiredWeight }),
      ...(retained.includes("DesiredInstanceCount") && { instanceCount: old.desiredInstanceCount }),
    };
  });
}

/**
 * A variant that scaling looks after stays, on the same type of instance.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling.html
 */
export function refuseScaledAway(
  before: readonly PlannedVariant[],
  after: readonly PlannedVariant[],
  isScaled: (variant: string) => boolean,
): void {
  for (const { name, instanceType } of before) {
    const stays = after.some((each) => each.name === name && each.instanceType === instanceType);
    if (!stays && isScaled(name)) throw registeredForScaling(name);
  }
}

export interface DesiredCapacity {
  readonly variantName: string;
  /** What is not given stays. */
  readonly weight: number | undefined;
  readonly instanceCount: number | undefined;
}

/** Notes what is desired of variants, all or none of it; gives back those that need more instances. */
export function desire(endpoint: Endpoint, desired: readonly DesiredCapacity[]): PlannedVariant[] {
  const names = desired.map(({ variantName }) => variantName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw variantNameTwice(twice);
  const named = (name: string) => {
    const { shadow } = endpoint.fleet[0] ?? {};
    return shadow?.name === name ? shadow : endpoint.variant(name);
  };
  const unknown = names.filter((name) => !named(name));
  if (unknown.length > 0) throw variantsNotPresent(unknown, endpoint.configName);
  const none = desired.find(({ instanceCount }) => instanceCount === 0);
  if (none) throw noInstances(none.variantName);
  const grown: PlannedVariant[] = [];
  for (const { variantName, weight, instanceCount } of desired) {
    const variant = named(variantName);
    if (!variant) continue;
    variant.desiredWeight = weight ?? variant.desiredWeight;
    variant.desiredInstanceCount = instanceCount ?? variant.desiredInstanceCount;
    if (variant.desiredInstanceCount > variant.instanceCount) grown.push(variant.plan);
  }
  return grown;
}

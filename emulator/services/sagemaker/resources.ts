import type {
  CreateEndpointConfigInput,
  CreateModelInput,
  ProductionVariant,
} from "@aws-sdk/client-sagemaker";
import type { ModelData } from "./model/model-data.ts";

/** What all three kinds of resource have. Times are epoch ms. */
export interface Resource {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  /** Tells apart, and orders, what was created in the same millisecond. */
  readonly sequence: number;
}

/** What a resource is made of, besides what every one has. */
export type Details<T extends Resource> = Omit<T, keyof Resource> & { readonly name: string };

/** A model: a container and the data that it loads. */
export interface HostedModel extends Resource {
  readonly image: string | undefined;
  readonly data: ModelData;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether a multi-model container keeps models loaded; it does when absent. */
  readonly isCached?: boolean;
  /** Kept to be described as it was created. */
  readonly declared: DeclaredModel;
}

export type DeclaredModel = Pick<
  CreateModelInput,
  | "Containers"
  | "EnableNetworkIsolation"
  | "ExecutionRoleArn"
  | "InferenceExecutionConfig"
  | "PrimaryContainer"
  | "Tags"
  | "VpcConfig"
>;

/** One of the models behind an endpoint, and its share of the traffic. */
export interface Variant {
  readonly name: string;
  readonly modelName: string;
  readonly weight: number;
  readonly instanceCount: number;
  readonly instanceType: string;
  readonly routing: ProductionVariant["RoutingConfig"];
}

/** A variant together with its model, as both were when the endpoint was created or updated. */
export interface PlannedVariant extends Variant {
  readonly model: HostedModel;
}

export interface EndpointConfig extends Resource {
  readonly variants: readonly Variant[];
  /** Takes copies of the only variant's requests. */
  readonly shadow: Variant | undefined;
  /** Kept to be described as it was created. */
  readonly declared: DeclaredEndpointConfig;
}

export type DeclaredEndpointConfig = Omit<CreateEndpointConfigInput, "EndpointConfigName">;

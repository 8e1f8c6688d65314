import {
  CreateEndpointConfig$,
  type CreateEndpointConfigInput,
  type CreateEndpointConfigOutput,
  type ProductionVariant,
} from "@aws-sdk/client-sagemaker";
import { type Checked, operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { memberMissing, variantNameTwice } from "../errors.ts";
import {
  DEFAULT_VARIANT_WEIGHT,
  dataCapture,
  endpointConfigName,
  productionVariants,
  roleArn,
  tags,
} from "../limits.ts";
import type { Variant } from "../resources.ts";
import { refuseInEndpointConfig, refuseInVariant } from "../unemulated.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html
type Input = CreateEndpointConfigInput;

export const CreateEndpointConfig = operation<SageMakerEngine, Input, CreateEndpointConfigOutput>({
  schema: CreateEndpointConfig$,
  limits: {
    EndpointConfigName: endpointConfigName,
    ProductionVariants: productionVariants,
    DataCaptureConfig: dataCapture,
    ExecutionRoleArn: roleArn,
    Tags: tags,
  },
  handle(sagemaker, input, call) {
    refuseInEndpointConfig(input);
    const variants = input.ProductionVariants.map(variantOf);
    const names = new Set<string>();
    for (const { name } of variants) {
      if (names.has(name)) throw variantNameTwice(name);
      names.add(name);
    }
    const { EndpointConfigName: name, ...declared } = input;
    const { arn } = sagemaker.createConfig(call, { name, variants, declared });
    return { EndpointConfigArn: arn };
  },
  summarize: ({ EndpointConfigName }) => EndpointConfigName,
});

function variantOf(variant: Checked<ProductionVariant>, index: number): Variant {
  refuseInVariant(variant);
  const { ModelName, InstanceType, InitialInstanceCount } = variant;
  const place = `productionVariants.${index + 1}.member`;
  if (ModelName === undefined) throw memberMissing(`${place}.modelName`);
  // The schema leaves these open for serverless variants.
  if (InstanceType === undefined) throw memberMissing(`${place}.instanceType`);
  if (InitialInstanceCount === undefined) throw memberMissing(`${place}.initialInstanceCount`);
  return {
    name: variant.VariantName,
    modelName: ModelName,
    weight: variant.InitialVariantWeight ?? DEFAULT_VARIANT_WEIGHT,
    instanceCount: InitialInstanceCount,
    routing: variant.RoutingConfig,
  };
}

import {
  CreateEndpointConfig$,
  type CreateEndpointConfigInput,
  type CreateEndpointConfigOutput,
  type ProductionVariant,
} from "@aws-sdk/client-sagemaker";
import { type Checked, operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { memberMissing, shadowNeedsOneVariant, variantNameTwice } from "../errors.ts";
import {
  asyncInference,
  DEFAULT_VARIANT_WEIGHT,
  dataCapture,
  endpointConfigName,
  productionVariants,
  roleArn,
  shadowVariants,
  tags,
} from "../limits.ts";
import type { Variant } from "../resources.ts";
import { refuseInAsyncOutput, refuseInEndpointConfig, refuseInVariant } from "../unemulated.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html
type Input = CreateEndpointConfigInput;

export const CreateEndpointConfig = operation<SageMakerEngine, Input, CreateEndpointConfigOutput>({
  schema: CreateEndpointConfig$,
  limits: {
    EndpointConfigName: endpointConfigName,
    ProductionVariants: productionVariants,
    DataCaptureConfig: dataCapture,
    AsyncInferenceConfig: asyncInference,
    ShadowProductionVariants: shadowVariants,
    ExecutionRoleArn: roleArn,
    Tags: tags,
  },
  handle(sagemaker, input, call) {
    refuseInEndpointConfig(input);
    const output = input.AsyncInferenceConfig?.OutputConfig;
    if (output) {
      refuseInAsyncOutput(output);
      if (output.S3OutputPath === undefined) {
        throw memberMissing("asyncInferenceConfig.outputConfig.s3OutputPath");
      }
    }
    const variants = input.ProductionVariants.map(variantOf);
    const names = new Set<string>();
    for (const { name } of variants) {
      if (names.has(name)) throw variantNameTwice(name);
      names.add(name);
    }
    const shadows = (input.ShadowProductionVariants ?? []).map(variantOf);
    const [shadow] = shadows;
    if (shadow && (shadows.length > 1 || variants.length > 1)) throw shadowNeedsOneVariant();
    if (shadow && names.has(shadow.name)) throw variantNameTwice(shadow.name);
    const { EndpointConfigName: name, ...declared } = input;
    const { arn } = sagemaker.createConfig(call, { name, variants, shadow, declared });
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
    instanceType: InstanceType,
    routing: variant.RoutingConfig,
  };
}

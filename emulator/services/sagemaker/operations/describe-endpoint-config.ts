import {
  DescribeEndpointConfig$,
  type DescribeEndpointConfigInput,
  type DescribeEndpointConfigOutput,
  type ProductionVariant,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { DEFAULT_VARIANT_WEIGHT, endpointConfigName } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpointConfig.html
type Input = DescribeEndpointConfigInput;
type Output = DescribeEndpointConfigOutput;

export const DescribeEndpointConfig = operation<SageMakerEngine, Input, Output>({
  schema: DescribeEndpointConfig$,
  limits: { EndpointConfigName: endpointConfigName },
  handle(sagemaker, input, call) {
    const { name, arn, createdAt, declared } = sagemaker
      .configs(call)
      .get(input.EndpointConfigName);
    const { Tags, ProductionVariants = [], EnableNetworkIsolation = false, ...shown } = declared;
    const { ShadowProductionVariants: shadows = [] } = declared;
    return {
      ...shown,
      EndpointConfigName: name,
      EndpointConfigArn: arn,
      CreationTime: new Date(createdAt),
      EnableNetworkIsolation,
      ProductionVariants: ProductionVariants.map(weighted),
      ...(shadows.length > 0 && { ShadowProductionVariants: shadows.map(weighted) }),
    };
  },
  summarize: ({ EndpointConfigName }) => EndpointConfigName,
});

function weighted(variant: ProductionVariant): ProductionVariant {
  return {
    ...variant,
    InitialVariantWeight: variant.InitialVariantWeight ?? DEFAULT_VARIANT_WEIGHT,
  };
}

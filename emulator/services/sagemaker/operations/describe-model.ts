import {
  DescribeModel$,
  type DescribeModelInput,
  type DescribeModelOutput,
} from "@aws-sdk/client-sagemaker";
import { operation } from "../../../core/service.ts";
import type { SageMakerEngine } from "../engine.ts";
import { modelName } from "../limits.ts";

// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeModel.html
export const DescribeModel = operation<SageMakerEngine, DescribeModelInput, DescribeModelOutput>({
  schema: DescribeModel$,
  limits: { ModelName: modelName },
  handle(sagemaker, input, call) {
    const { name, arn, createdAt, declared } = sagemaker.models(call).get(input.ModelName);
    const { Tags, EnableNetworkIsolation = false, ...shown } = declared;
    return {
      ...shown,
      ModelName: name,
      ModelArn: arn,
      CreationTime: new Date(createdAt),
      EnableNetworkIsolation,
    };
  },
  summarize: ({ ModelName }) => ModelName,
});

import {
  type FunctionConfiguration,
  GetFunctionConfiguration$,
  type GetFunctionConfigurationRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import { describeFunction } from "../describing.ts";
import type { LambdaEngine } from "../engine.ts";
import { functionReference, qualifier } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
export const GetFunctionConfiguration = operation<
  LambdaEngine,
  GetFunctionConfigurationRequest,
  FunctionConfiguration
>({
  schema: GetFunctionConfiguration$,
  limits: { FunctionName: functionReference, Qualifier: qualifier },
  handle(lambda, input, call) {
    const { fn, qualifier } = lambda.functions.find(input, call);
    return describeFunction(fn, qualifier);
  },
  summarize: ({ FunctionName }) => FunctionName,
});

import {
  GetFunctionConcurrency$,
  type GetFunctionConcurrencyRequest,
  type GetFunctionConcurrencyResponse,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { functionReference } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html
export const GetFunctionConcurrency = operation<
  LambdaEngine,
  GetFunctionConcurrencyRequest,
  GetFunctionConcurrencyResponse
>({
  schema: GetFunctionConcurrency$,
  limits: { FunctionName: functionReference },
  handle(lambda, input, call) {
    const { reservedConcurrency } = lambda.functions.findFunction(input, call).family;
    return reservedConcurrency === undefined
      ? {}
      : { ReservedConcurrentExecutions: reservedConcurrency };
  },
  summarize: ({ FunctionName }) => FunctionName,
});

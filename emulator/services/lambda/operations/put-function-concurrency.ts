import {
  type Concurrency,
  PutFunctionConcurrency$,
  type PutFunctionConcurrencyRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { functionReference, reservedConcurrency } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
export const PutFunctionConcurrency = operation<
  LambdaEngine,
  PutFunctionConcurrencyRequest,
  Concurrency
>({
  schema: PutFunctionConcurrency$,
  limits: { FunctionName: functionReference, ReservedConcurrentExecutions: reservedConcurrency },
  handle(lambda, input, call) {
    const fn = lambda.functions.findFunction(input, call);
    const { ReservedConcurrentExecutions } = input;
    lambda.concurrency.reserve(fn, ReservedConcurrentExecutions);
    return { ReservedConcurrentExecutions };
  },
  summarize: ({ FunctionName, ReservedConcurrentExecutions }) =>
    `${FunctionName} · ${ReservedConcurrentExecutions}`,
});

import {
  DeleteFunctionConcurrency$,
  type DeleteFunctionConcurrencyRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { functionReference } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html
export const DeleteFunctionConcurrency = operation<
  LambdaEngine,
  DeleteFunctionConcurrencyRequest,
  Record<string, never>
>({
  schema: DeleteFunctionConcurrency$,
  limits: { FunctionName: functionReference },
  handle(lambda, input, call) {
    lambda.concurrency.release(lambda.functions.findFunction(input, call));
    return {};
  },
  summarize: ({ FunctionName }) => FunctionName,
});

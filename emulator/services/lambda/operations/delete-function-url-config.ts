import {
  DeleteFunctionUrlConfig$,
  type DeleteFunctionUrlConfigRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { functionReference, qualifier } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html
export const DeleteFunctionUrlConfig = operation<
  LambdaEngine,
  DeleteFunctionUrlConfigRequest,
  object
>({
  schema: DeleteFunctionUrlConfig$,
  limits: { FunctionName: functionReference, Qualifier: qualifier },
  handle(lambda, input, call) {
    const { fn, qualifier } = lambda.functions.find(input, call);
    lambda.urls.delete(lambda.urls.get(fn, qualifier));
    return {};
  },
  summarize: ({ FunctionName }) => FunctionName,
});

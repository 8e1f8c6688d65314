import {
  DeleteFunction$,
  type DeleteFunctionRequest,
  type DeleteFunctionResponse,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { latestNotDeletable } from "../errors.ts";
import { functionReference, qualifier } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html
export const DeleteFunction = operation<
  LambdaEngine,
  DeleteFunctionRequest,
  DeleteFunctionResponse
>({
  schema: DeleteFunction$,
  limits: { FunctionName: functionReference, Qualifier: qualifier },
  handle(lambda, input, call) {
    const { fn, qualifier } = lambda.functions.find(input, call);
    if (qualifier !== undefined) throw latestNotDeletable();
    lambda.functions.delete(fn);
    return { StatusCode: 204 };
  },
  summarize: ({ FunctionName }) => FunctionName,
});

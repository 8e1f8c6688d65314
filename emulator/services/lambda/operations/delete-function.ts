import {
  DeleteFunction$,
  type DeleteFunctionRequest,
  type DeleteFunctionResponse,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { aliasNotDeletable, latestNotDeletable } from "../errors.ts";
import { functionReference, qualifier } from "../limits.ts";
import { LATEST } from "../model/function.ts";
import { assertNoAlias } from "../publishing.ts";

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
    if (qualifier === LATEST) throw latestNotDeletable();
    if (qualifier === undefined) {
      lambda.functions.delete(fn);
      lambda.concurrency.release(fn);
    } else {
      if (qualifier !== fn.version) throw aliasNotDeletable();
      assertNoAlias(fn);
      lambda.functions.deleteVersion(fn);
    }
    return { StatusCode: 204 };
  },
  summarize: ({ FunctionName }) => FunctionName,
});

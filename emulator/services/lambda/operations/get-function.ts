import {
  GetFunction$,
  type GetFunctionRequest,
  type GetFunctionResponse,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import { describeFunction } from "../describing.ts";
import type { LambdaEngine } from "../engine.ts";
import { functionReference, qualifier } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
export const GetFunction = operation<LambdaEngine, GetFunctionRequest, GetFunctionResponse>({
  schema: GetFunction$,
  limits: { FunctionName: functionReference, Qualifier: qualifier },
  handle(lambda, input, call) {
    const { fn, qualifier } = lambda.functions.find(input, call);
    const { tags, reservedConcurrency } = fn.family;
    return {
      Configuration: describeFunction(fn, qualifier),
      // DIFFERS: a link to a file on this machine, where AWS gives a presigned one to S3.
      Code: { RepositoryType: "S3", Location: fn.code.location },
      ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
      ...(reservedConcurrency !== undefined && {
        Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
      }),
    };
  },
  summarize: ({ FunctionName }) => FunctionName,
});

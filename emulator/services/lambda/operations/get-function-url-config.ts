import {
  GetFunctionUrlConfig$,
  type GetFunctionUrlConfigRequest,
  type GetFunctionUrlConfigResponse,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { describeUrl } from "../function-url-members.ts";
import { functionReference, qualifier } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html
export const GetFunctionUrlConfig = operation<
  LambdaEngine,
  GetFunctionUrlConfigRequest,
  GetFunctionUrlConfigResponse
>({
  schema: GetFunctionUrlConfig$,
  limits: { FunctionName: functionReference, Qualifier: qualifier },
  handle(lambda, input, call) {
    const { fn, qualifier } = lambda.functions.find(input, call);
    return describeUrl(lambda.urls.get(fn, qualifier));
  },
  summarize: ({ FunctionName }) => FunctionName,
});

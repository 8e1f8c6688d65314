import {
  type FunctionEventInvokeConfig,
  GetFunctionEventInvokeConfig$,
  type GetFunctionEventInvokeConfigRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { describeEventInvokeConfig, eventInvokeTarget } from "../event-invoke.ts";
import { functionReference, qualifier } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html
export const GetFunctionEventInvokeConfig = operation<
  LambdaEngine,
  GetFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
>({
  schema: GetFunctionEventInvokeConfig$,
  limits: { FunctionName: functionReference, Qualifier: qualifier },
  handle: (lambda, input, call) =>
    describeEventInvokeConfig(eventInvokeTarget(lambda, input, call)),
  summarize: ({ FunctionName }) => FunctionName,
});

import {
  type FunctionEventInvokeConfig,
  PutFunctionEventInvokeConfig$,
  type PutFunctionEventInvokeConfigRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import {
  describeEventInvokeConfig,
  EVENT_INVOKE_LIMITS,
  eventInvokeTarget,
  settingsOf,
} from "../event-invoke.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
export const PutFunctionEventInvokeConfig = operation<
  LambdaEngine,
  PutFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
>({
  schema: PutFunctionEventInvokeConfig$,
  limits: EVENT_INVOKE_LIMITS,
  handle(lambda, input, call) {
    const target = eventInvokeTarget(lambda, input, call);
    target.set(settingsOf(input, { now: call.clock.now(), functionArn: target.arn }));
    return describeEventInvokeConfig(target);
  },
  summarize: ({ FunctionName }) => FunctionName,
});

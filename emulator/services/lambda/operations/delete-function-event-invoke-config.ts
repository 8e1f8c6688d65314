import {
  DeleteFunctionEventInvokeConfig$,
  type DeleteFunctionEventInvokeConfigRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { eventInvokeTarget } from "../event-invoke.ts";
import { functionReference, qualifier } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html
export const DeleteFunctionEventInvokeConfig = operation<
  LambdaEngine,
  DeleteFunctionEventInvokeConfigRequest,
  Record<string, never>
>({
  schema: DeleteFunctionEventInvokeConfig$,
  limits: { FunctionName: functionReference, Qualifier: qualifier },
  handle(lambda, input, call) {
    const target = eventInvokeTarget(lambda, input, call);
    target.get();
    target.delete();
    return {};
  },
  summarize: ({ FunctionName }) => FunctionName,
});

import {
  GetAccountSettings$,
  type GetAccountSettingsRequest,
  type GetAccountSettingsResponse,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { MAX_CODE_BYTES, MAX_UNZIPPED_BYTES, MAX_ZIPPED_BYTES } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
export const GetAccountSettings = operation<
  LambdaEngine,
  GetAccountSettingsRequest,
  GetAccountSettingsResponse
>({
  schema: GetAccountSettings$,
  handle(lambda, _input, call) {
    const functions = lambda.functions.list(call);
    const versions = functions.flatMap((fn) => [fn, ...fn.family.versions.values()]);
    return {
      AccountLimit: {
        TotalCodeSize: MAX_CODE_BYTES,
        CodeSizeUnzipped: MAX_UNZIPPED_BYTES,
        CodeSizeZipped: MAX_ZIPPED_BYTES,
        ConcurrentExecutions: lambda.concurrency.limit,
        UnreservedConcurrentExecutions: lambda.concurrency.unreserved(call),
      },
      AccountUsage: {
        TotalCodeSize: versions.reduce((sum, { code }) => sum + code.sizeBytes, 0),
        FunctionCount: functions.length,
      },
    };
  },
  summarize: (_input, { AccountUsage }) => `${AccountUsage?.FunctionCount} functions`,
});

import {
  type FunctionConfiguration,
  UpdateFunctionConfiguration$,
  type UpdateFunctionConfigurationRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import { describeFunction } from "../describing.ts";
import type { LambdaEngine } from "../engine.ts";
import {
  description,
  ephemeralStorage,
  functionReference,
  handlerName,
  loggingConfig,
  memoryMb,
  role,
  timeoutSeconds,
  tracingConfig,
} from "../limits.ts";
import { changedSettings } from "../settings.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
export const UpdateFunctionConfiguration = operation<
  LambdaEngine,
  UpdateFunctionConfigurationRequest,
  FunctionConfiguration
>({
  schema: UpdateFunctionConfiguration$,
  limits: {
    FunctionName: functionReference,
    Role: role,
    Handler: handlerName,
    Description: description,
    Timeout: timeoutSeconds,
    MemorySize: memoryMb,
    EphemeralStorage: ephemeralStorage,
    TracingConfig: tracingConfig,
    LoggingConfig: loggingConfig,
  },
  handle(lambda, input, call) {
    refuseUnemulated(input);
    const fn = lambda.functions.findFunction(input, call);
    lambda.functions.assertUpdatable(fn, input.RevisionId);
    lambda.functions.update(fn, { settings: changedSettings(fn.settings, input) });
    return describeFunction(fn);
  },
  summarize: ({ FunctionName }) => FunctionName,
});

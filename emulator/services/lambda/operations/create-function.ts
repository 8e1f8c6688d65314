import {
  CreateFunction$,
  type CreateFunctionRequest,
  type FunctionConfiguration,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import { describeFunction } from "../describing.ts";
import type { LambdaEngine } from "../engine.ts";
import { nameTooLong } from "../errors.ts";
import {
  architectures,
  description,
  ephemeralStorage,
  handlerName,
  loggingConfig,
  MAX_NAME_LENGTH,
  memoryMb,
  newFunctionName,
  packageType,
  role,
  tags,
  timeoutSeconds,
  tracingConfig,
} from "../limits.ts";
import { parseFunctionReference } from "../model/function-reference.ts";
import { newSettings } from "../settings.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
export const CreateFunction = operation<LambdaEngine, CreateFunctionRequest, FunctionConfiguration>(
  {
    schema: CreateFunction$,
    limits: {
      FunctionName: newFunctionName,
      Role: role,
      Handler: handlerName,
      Description: description,
      Timeout: timeoutSeconds,
      MemorySize: memoryMb,
      PackageType: packageType,
      Architectures: architectures,
      EphemeralStorage: ephemeralStorage,
      TracingConfig: tracingConfig,
      LoggingConfig: loggingConfig,
      Tags: tags,
    },
    async handle(lambda, input, call) {
      refuseUnemulated(input);
      refuseUnemulated(input.Code);
      const name = parseFunctionReference(input.FunctionName)?.name ?? input.FunctionName;
      if (name.length > MAX_NAME_LENGTH) throw nameTooLong(name, MAX_NAME_LENGTH);
      lambda.functions.assertFree(call, name);
      const settings = newSettings(name, input);
      const code = await lambda.code.take(name, input.Code, call);
      const fn = lambda.functions.create(call, { name, settings, code, tags: input.Tags ?? {} });
      return describeFunction(input.Publish ? await lambda.publish(fn) : fn);
    },
    summarize: ({ FunctionName, Runtime }) => `${FunctionName} · ${Runtime}`,
  },
);

import {
  CreateFunctionUrlConfig$,
  type CreateFunctionUrlConfigRequest,
  type CreateFunctionUrlConfigResponse,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { parameterNotEmulated, urlQualifierInvalid } from "../errors.ts";
import { describeUrl } from "../function-url-members.ts";
import { functionReference, qualifier, urlAuthType } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html
export const CreateFunctionUrlConfig = operation<
  LambdaEngine,
  CreateFunctionUrlConfigRequest,
  CreateFunctionUrlConfigResponse
>({
  schema: CreateFunctionUrlConfig$,
  limits: { FunctionName: functionReference, Qualifier: qualifier, AuthType: urlAuthType },
  handle(lambda, input, call) {
    const { AuthType, Cors, InvokeMode = "BUFFERED" } = input;
    if (InvokeMode !== "BUFFERED") throw parameterNotEmulated(`InvokeMode ${InvokeMode}`);
    const { fn, qualifier } = lambda.functions.find(input, call);
    if (qualifier !== undefined && !fn.family.aliases.has(qualifier)) throw urlQualifierInvalid();
    return describeUrl(lambda.urls.create(fn, { qualifier, authType: AuthType, cors: Cors }));
  },
  summarize: ({ FunctionName }, { FunctionUrl }) => `${FunctionName} · ${FunctionUrl}`,
});

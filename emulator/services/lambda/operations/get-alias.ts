import { type AliasConfiguration, GetAlias$, type GetAliasRequest } from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import { describeAlias, findAlias } from "../aliasing.ts";
import type { LambdaEngine } from "../engine.ts";
import { aliasName, functionReference } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html
export const GetAlias = operation<LambdaEngine, GetAliasRequest, AliasConfiguration>({
  schema: GetAlias$,
  limits: { FunctionName: functionReference, Name: aliasName },
  handle(lambda, input, call) {
    const fn = lambda.functions.findFunction(input, call);
    return describeAlias(fn, findAlias(fn, input.Name));
  },
  summarize: ({ FunctionName, Name }) => `${FunctionName}:${Name}`,
});

import {
  type AliasConfiguration,
  CreateAlias$,
  type CreateAliasRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import { aliasOf, describeAlias } from "../aliasing.ts";
import type { LambdaEngine } from "../engine.ts";
import { aliasExists } from "../errors.ts";
import { aliasName, description, functionReference, versionName } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
export const CreateAlias = operation<LambdaEngine, CreateAliasRequest, AliasConfiguration>({
  schema: CreateAlias$,
  limits: {
    FunctionName: functionReference,
    Name: aliasName,
    FunctionVersion: versionName,
    Description: description,
  },
  handle(lambda, input, call) {
    const fn = lambda.functions.findFunction(input, call);
    const { Name: name } = input;
    const { aliases } = fn.family;
    if (aliases.has(name)) throw aliasExists(`${fn.arn}:${name}`);
    const alias = aliasOf(fn, input, { name });
    aliases.set(name, alias);
    return describeAlias(fn, alias);
  },
  summarize: ({ FunctionName, Name, FunctionVersion }) =>
    `${FunctionName}:${Name} → ${FunctionVersion}`,
});

import {
  type AliasConfiguration,
  UpdateAlias$,
  type UpdateAliasRequest,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import { aliasOf, describeAlias, findAlias } from "../aliasing.ts";
import type { LambdaEngine } from "../engine.ts";
import { aliasName, description, functionReference, versionName } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html
export const UpdateAlias = operation<LambdaEngine, UpdateAliasRequest, AliasConfiguration>({
  schema: UpdateAlias$,
  limits: {
    FunctionName: functionReference,
    Name: aliasName,
    FunctionVersion: versionName,
    Description: description,
  },
  handle(lambda, input, call) {
    const fn = lambda.functions.findFunction(input, call);
    const { Name: name } = input;
    const before = findAlias(fn, name, input.RevisionId);
    const alias = aliasOf(fn, input, { name, before });
    fn.family.aliases.set(name, alias);
    return describeAlias(fn, alias);
  },
  summarize: ({ FunctionName, Name }, { FunctionVersion }) =>
    `${FunctionName}:${Name} → ${FunctionVersion}`,
});

import { DeleteAlias$, type DeleteAliasRequest } from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { aliasName, functionReference } from "../limits.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html
export const DeleteAlias = operation<LambdaEngine, DeleteAliasRequest, Record<string, never>>({
  schema: DeleteAlias$,
  limits: { FunctionName: functionReference, Name: aliasName },
  handle(lambda, input, call) {
    const { family } = lambda.functions.findFunction(input, call);
    family.aliases.delete(input.Name);
    family.eventInvokeSettings.delete(input.Name);
    family.policies.delete(input.Name);
    return {};
  },
  summarize: ({ FunctionName, Name }) => `${FunctionName}:${Name}`,
});

import { RemovePermission$, type RemovePermissionRequest } from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { policyNotFound, statementNotFound } from "../errors.ts";
import { functionReference, qualifier } from "../limits.ts";
import { policyOf } from "../permitting.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html
export const RemovePermission = operation<
  LambdaEngine,
  RemovePermissionRequest,
  Record<string, never>
>({
  schema: RemovePermission$,
  limits: { FunctionName: functionReference, Qualifier: qualifier },
  handle(lambda, input, call) {
    const { statements } = policyOf(lambda, input, call);
    if (statements.size === 0) throw policyNotFound();
    if (!statements.delete(input.StatementId)) throw statementNotFound(input.StatementId);
    return {};
  },
  summarize: ({ FunctionName, StatementId }) => `${FunctionName} · ${StatementId}`,
});

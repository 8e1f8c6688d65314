import {
  AddPermission$,
  type AddPermissionRequest,
  type AddPermissionResponse,
} from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { statementExists } from "../errors.ts";
import {
  action,
  functionReference,
  principal,
  qualifier,
  sourceAccount,
  statementId,
} from "../limits.ts";
import { policyOf, statementOf } from "../permitting.ts";
import { refuseUnemulated } from "../unemulated.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
export const AddPermission = operation<LambdaEngine, AddPermissionRequest, AddPermissionResponse>({
  schema: AddPermission$,
  limits: {
    FunctionName: functionReference,
    StatementId: statementId,
    Action: action,
    Principal: principal,
    SourceAccount: sourceAccount,
    Qualifier: qualifier,
  },
  handle(lambda, input, call) {
    refuseUnemulated(input);
    const policy = policyOf(lambda, input, call);
    const { StatementId } = input;
    if (policy.statements.has(StatementId)) throw statementExists(StatementId);
    const statement = statementOf(input, policy.resource);
    policy.statements.set(StatementId, statement);
    return { Statement: JSON.stringify(statement) };
  },
  summarize: ({ FunctionName, StatementId }) => `${FunctionName} · ${StatementId}`,
});

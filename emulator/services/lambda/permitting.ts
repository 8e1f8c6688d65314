import type { AddPermissionRequest } from "@aws-sdk/client-lambda";
import { parseArn } from "../../core/arn.ts";
import type { Call, Checked } from "../../core/service.ts";
import type { LambdaEngine } from "./engine.ts";
import type { FunctionNamed } from "./functions.ts";
import { parseFunctionReference } from "./model/function-reference.ts";
import { principalOf, type Statement } from "./model/policy.ts";

// https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html

/** The statements about a function, or one of its versions or aliases. */
export interface Policy {
  readonly resource: string;
  readonly revisionId: string;
  readonly statements: Map<string, Statement>;
}

/** DIFFERS: kept and shown, but everybody may invoke every function. */
export function policyOf(
  lambda: LambdaEngine,
  named: FunctionNamed & { readonly RevisionId?: string | undefined },
  call: Call,
): Policy {
  const { fn, qualifier = "" } = lambda.functions.find(named, call);
  const { policies } = fn.family;
  if (named.RevisionId !== undefined) lambda.functions.assertRevision(fn, named.RevisionId);
  const statements = policies.get(qualifier) ?? new Map<string, Statement>();
  policies.set(qualifier, statements);
  const resource = qualifier === "" ? fn.arn : `${fn.arn}:${qualifier}`;
  return { resource, revisionId: fn.revisionId, statements };
}

/** Whether a function is there and its policy lets an AWS service invoke it. */
export function permits(
  lambda: LambdaEngine,
  { functionArn, service }: { functionArn: string; service: string },
): boolean {
  const arn = parseArn(functionArn);
  const reference = parseFunctionReference(functionArn);
  const fn = arn && reference && lambda.functions.resolve(reference, arn);
  if (!fn) return false;
  const statements = fn.family.policies.get(reference.qualifier ?? "")?.values() ?? [];
  return [...statements].some(({ Principal, Action }) => {
    const isNamed = Principal === "*" || Principal.Service === service;
    return isNamed && ["lambda:InvokeFunction", "lambda:*", "*"].includes(Action);
  });
}

export function statementOf(input: Checked<AddPermissionRequest>, Resource: string): Statement {
  const { SourceArn, SourceAccount, PrincipalOrgID, FunctionUrlAuthType } = input;
  const equal = {
    ...(SourceAccount !== undefined && { "AWS:SourceAccount": SourceAccount }),
    ...(PrincipalOrgID !== undefined && { "aws:PrincipalOrgID": PrincipalOrgID }),
    ...(FunctionUrlAuthType !== undefined && { "lambda:FunctionUrlAuthType": FunctionUrlAuthType }),
  };
  const Condition = {
    ...(Object.keys(equal).length > 0 && { StringEquals: equal }),
    ...(SourceArn !== undefined && { ArnLike: { "AWS:SourceArn": SourceArn } }),
  };
  return {
    Sid: input.StatementId,
    Effect: "Allow",
    Principal: principalOf(input.Principal),
    Action: input.Action,
    Resource,
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
}

import { GetPolicy$, type GetPolicyRequest, type GetPolicyResponse } from "@aws-sdk/client-lambda";
import { operation } from "../../../core/service.ts";
import type { LambdaEngine } from "../engine.ts";
import { policyNotFound } from "../errors.ts";
import { functionReference, qualifier } from "../limits.ts";
import { policyDocument } from "../model/policy.ts";
import { policyOf } from "../permitting.ts";

// https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html
export const GetPolicy = operation<LambdaEngine, GetPolicyRequest, GetPolicyResponse>({
  schema: GetPolicy$,
  limits: { FunctionName: functionReference, Qualifier: qualifier },
  handle(lambda, input, call) {
    const { statements, revisionId } = policyOf(lambda, input, call);
    if (statements.size === 0) throw policyNotFound();
    return { Policy: policyDocument(statements.values()), RevisionId: revisionId };
  },
  summarize: ({ FunctionName }) => FunctionName,
});

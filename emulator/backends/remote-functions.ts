import { randomUUID } from "node:crypto";
import type { InvocationResponse } from "@aws-sdk/client-lambda";
import type { Remote, Scope } from "../core/service.ts";
import type { FunctionInvoker } from "../services/lambda/event-source-mapping/record-source.ts";

/** Functions that are not the tank's, e.g. on AWS Lambda, as what an event source mapping invokes. */
export function remoteInvoker(lambda: Pick<Remote, "call">, scope: Scope): FunctionInvoker {
  return {
    async invoke(FunctionName, Payload) {
      const answer = await lambda.call<InvocationResponse>(
        "Invoke",
        { FunctionName, Payload: Buffer.from(Payload) },
        scope,
      );
      const { requestId } = (answer as { $metadata?: { requestId?: string } }).$metadata ?? {};
      return {
        payload: Buffer.from(answer.Payload ?? []).toString(),
        functionError: answer.FunctionError,
        statusCode: answer.StatusCode ?? 200,
        requestId: requestId ?? randomUUID(),
      };
    },
    async exists(FunctionName) {
      try {
        await lambda.call("GetFunctionConfiguration", { FunctionName }, scope);
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === "ResourceNotFoundException") return false;
        throw error;
      }
    },
  };
}

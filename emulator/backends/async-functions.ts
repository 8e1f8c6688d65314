import type { Remote, Scope } from "../core/service.ts";
import type { FunctionInvoker } from "../services/lambda/event-source-mapping/record-source.ts";
import { type LambdaEngine, permits } from "../services/lambda/index.ts";

/** Functions as services call them that wait for no answer: buckets and schedules. */
export interface AsyncFunctions {
  /** Whether the function is there and its policy lets an AWS service invoke it. */
  allows(functionArn: string, servicePrincipal: string): Promise<boolean>;
  /** Queues an event. Rejects when the function is not there. */
  invoke(functionArn: string, payload: string): Promise<void>;
}

type Place =
  | { readonly embedded: LambdaEngine }
  | {
      readonly remote: Pick<Remote, "call">;
      readonly invoker: FunctionInvoker;
      readonly scope: Scope;
    };

/** Functions of the tank, or those at another place, whose policies that place looks after itself. */
export function asyncFunctions(place: Place): AsyncFunctions {
  if ("embedded" in place) {
    const { embedded } = place;
    return {
      allows: async (functionArn, service) => permits(embedded, { functionArn, service }),
      async invoke(functionName, payload) {
        await embedded.invokeAsync(functionName, payload);
      },
    };
  }
  const { remote, invoker, scope } = place;
  return {
    allows: async (functionArn) => invoker.exists(functionArn),
    async invoke(FunctionName, payload) {
      const input = { FunctionName, InvocationType: "Event", Payload: Buffer.from(payload) };
      await remote.call("Invoke", input, scope);
    },
  };
}

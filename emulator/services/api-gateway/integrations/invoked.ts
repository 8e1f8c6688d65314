import type { WireResponse } from "../../../core/wire.ts";
import { within } from "../../../core/within.ts";
import type { FunctionResult } from "../../../gateway/functions.ts";
import { gatewayAnswer, internalServerError, timedOut } from "../answers.ts";
import type { IntegrationCall } from "./integration-call.ts";

/** The function's result, or what API Gateway answers in place of one. */
export async function invoked(
  { integration, functions, clock }: IntegrationCall,
  { functionArn, payload }: { functionArn: string; payload: string },
): Promise<{ result: FunctionResult } | { refusal: WireResponse }> {
  try {
    const running = functions.invoke(functionArn, payload);
    // A function that is late runs on, as it does on AWS.
    const result = await within(clock, integration.timeoutInMillis, running);
    return result === "timeout" ? { refusal: gatewayAnswer(timedOut) } : { result };
  } catch {
    // The function is not there, throttled, or its event too large.
    return { refusal: gatewayAnswer(internalServerError) };
  }
}

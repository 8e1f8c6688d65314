import { messageOf } from "../../../core/errors.ts";
import { HttpExchange, type HttpResponse } from "../../../core/http-exchange.ts";
import type { InvocationEvent, RunningRuntime, RuntimeListener } from "./runtime.ts";

// https://github.com/aws/aws-lambda-runtime-interface-emulator
const PATH = "/2015-03-31/functions/function/invocations";

/**
 * A function that runs elsewhere, behind AWS's Runtime Interface Emulator: usually a container. It serves one
 * event at a time, its environment variables and its log are its own, and it loads the function at the first
 * event.
 */
export function startRie(url: string, listener: RuntimeListener): RunningRuntime {
  const exchange = new HttpExchange();
  const ending = new AbortController();
  const deliver = async (event: InvocationEvent) => {
    try {
      const answer = await exchange.send({
        method: "POST",
        url: new URL(`${url}${PATH}`),
        headers: headersOf(event),
        body: Buffer.from(event.payload),
        signal: ending.signal,
      });
      hear(answer, listener, url);
    } catch (error) {
      // Whether the handler has run nobody knows.
      if (!ending.signal.aborted) listener.lost(`${url} cannot be reached: ${messageOf(error)}`);
    }
  };
  listener.ready();
  return {
    deliver: (event) => void deliver(event),
    memoryBytes: () => undefined,
    kill: async () => {
      ending.abort();
      exchange.close();
    },
  };
}

/**
 * Results, errors and timeouts all come with 200.
 * DIFFERS: a result that looks like an error, with errorType and errorMessage, is taken for one.
 */
function hear({ status, body }: HttpResponse, listener: RuntimeListener, url: string): void {
  const text = body.toString();
  if (status === 200 && text.startsWith("Task timed out after ")) {
    const payload = { errorType: "Sandbox.Timedout", errorMessage: text };
    listener.ended({ payload: Buffer.from(JSON.stringify(payload)), isError: true });
  } else if (status === 200) listener.ended({ payload: body, isError: isError(text) });
  else if (status === 502) listener.ended({ payload: body, isError: true });
  // 400 is what it answers while it serves another event.
  else listener.lost(`${url} answered ${status}: ${text.slice(0, 200)}`);
}

function isError(text: string): boolean {
  if (!text.startsWith("{")) return false;
  try {
    const { errorMessage, errorType } = JSON.parse(text) as Record<string, unknown>;
    return typeof errorMessage === "string" && typeof errorType === "string";
  } catch {
    return false;
  }
}

function headersOf({ traceId, clientContext }: InvocationEvent): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-amzn-trace-id": traceId,
    ...(clientContext !== undefined && {
      "x-amz-client-context": Buffer.from(clientContext).toString("base64"),
    }),
  };
}

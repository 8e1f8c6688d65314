import type { TankContext } from "../../../core/context.ts";
import { traceIdOf } from "../../../core/trace-id.ts";
import type { LambdaFunction } from "../model/function.ts";
import { timeoutText } from "../model/function-error.ts";
import { endLine, reportLine, startLine } from "../model/log-lines.ts";
import { logTail } from "../model/log-tail.ts";
import type { InvocationEvent } from "../runtimes/runtime.ts";
import type { Lease } from "./environment-pool.ts";
import type { Outcome } from "./execution-environment.ts";
import { writeLog } from "./log.ts";

/** What one invocation is about, besides its function. */
export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly payload: Uint8Array | string;
  readonly invokedFunctionArn: string;
  readonly clientContext: string | undefined;
  /** The fact that the request log shows, e.g. "batch 25"; an error's text when there is one. */
  readonly detail: string | undefined;
}

export interface Completed {
  readonly outcome: Outcome;
  /** The last 4 KB of the invocation's log. */
  readonly logTail: () => string;
}

const MEGABYTE = 1024 * 1024;

/** Runs one invocation in an environment, with its log lines and events around it. */
export async function run(
  context: TankContext,
  fn: LambdaFunction,
  { invocation, lease }: { invocation: Invocation; lease: Lease },
): Promise<Completed> {
  const { clock, events } = context;
  const { environment, isColdStart } = lease;
  const { memoryMb, timeoutSeconds } = environment.settings;
  const timeoutMs = timeoutSeconds * 1000;
  const { requestId } = invocation;
  const messages: string[] = [];
  const log = (message: string) => {
    messages.push(message);
    writeLog(context, fn, { at: clock.now(), stream: environment.logStream, message });
  };
  const printOutside = environment.onPrint;
  environment.onPrint = (text) => {
    messages.push(`${text}\n`);
    printOutside(text);
  };
  log(startLine(requestId, fn.version));
  const outcome = environment.isAlive
    ? await environment.invoke(eventOf(invocation, timeoutMs, clock.now()))
    : environment.refuse(requestId);
  environment.onPrint = printOutside;
  if (outcome.result === "timeout") {
    const what = timeoutText(timeoutMs);
    log(`${new Date(clock.now()).toISOString()} ${requestId} ${what}\n\n`);
  }
  log(endLine(requestId));
  log(
    reportLine({
      requestId,
      durationMs: outcome.durationMs,
      memorySizeMb: memoryMb,
      maxMemoryUsedMb: Math.min(memoryMb, Math.ceil(outcome.memoryBytes / MEGABYTE)),
      initMs: isColdStart ? environment.initMs : undefined,
    }),
  );
  if (outcome.result === "exit") log(exitLine(outcome));
  if (events.observed) {
    events.emit({
      type: "invocation",
      at: clock.now(),
      functionName: fn.name,
      outcome: outcome.result === "ok" ? "ok" : outcome.result === "timeout" ? "timeout" : "error",
      durationMs: outcome.durationMs,
      detail: outcome.result === "ok" ? (invocation.detail ?? "") : errorText(outcome),
      requestId,
    });
  }
  return { outcome, logTail: () => logTail(messages) };
}

function eventOf(invocation: Invocation, timeoutMs: number, now: number): InvocationEvent {
  const { requestId, payload, invokedFunctionArn, clientContext } = invocation;
  const traceId = traceHeader(requestId, now);
  return { requestId, payload, timeoutMs, invokedFunctionArn, clientContext, traceId };
}

/** An X-Ray trace header of AWS's shape that says not to trace; its digits are the request's. */
function traceHeader(requestId: string, now: number): string {
  const id = traceIdOf(now, requestId);
  return `Root=${id};Parent=${id.slice(-16)};Sampled=0`;
}

function errorText(outcome: Outcome): string {
  const { errorType, errorMessage } = errorOf(outcome);
  return `${errorType}: ${errorMessage}`;
}

function exitLine(outcome: Outcome): string {
  const { errorType, errorMessage } = errorOf(outcome);
  return `${errorMessage}\n${errorType}\n`;
}

/** The error's name and text, as far as the runtime gave any. */
function errorOf({ payload }: Outcome): { errorType: string; errorMessage: string } {
  const unknown = { errorType: "Error", errorMessage: payload.toString() };
  try {
    return { ...unknown, ...(JSON.parse(payload.toString()) as object) };
  } catch {
    return unknown;
  }
}

// Shapes as recorded on AWS and as its Node.js and Python runtimes write them.

import { MAX_SYNC_BYTES } from "../limits.ts";

/** What a failed invocation answers in place of the handler's result. */
export interface FunctionFault {
  readonly errorType: string;
  readonly errorMessage: string;
  /** Lines of the stack, for faults of Node.js code. */
  readonly trace?: readonly string[];
}

/** How an execution environment's process ended. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export const timedOut = (requestId: string, timeoutMs: number): FunctionFault => ({
  errorType: "Sandbox.Timedout",
  errorMessage: `RequestId: ${requestId} Error: ${timeoutText(timeoutMs)}`,
});

/** "Task timed out after 3.00 seconds": the configured timeout, not the time that was taken. */
export function timeoutText(timeoutMs: number): string {
  return `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
}

export const exited = (requestId: string, exit: ProcessExit): FunctionFault => ({
  errorType: "Runtime.ExitError",
  errorMessage: `RequestId: ${requestId} Error: ${exitText(exit)}`,
});

// As Go names signals, in which Lambda's supervisor is written.
const SIGNAL_NAMES: Readonly<Record<string, string>> = {
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGILL: "illegal instruction",
  SIGINT: "interrupt",
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGTERM: "terminated",
  SIGTRAP: "trace/breakpoint trap",
};

export function exitText({ code, signal }: ProcessExit): string {
  if (signal !== null)
    return `Runtime exited with error: signal: ${SIGNAL_NAMES[signal] ?? signal}`;
  if (code === 0 || code === null) return "Runtime exited without providing a reason";
  return `Runtime exited with error: exit status ${code}`;
}

export const responseTooLarge = (): FunctionFault => ({
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_SYNC_BYTES} bytes).`,
});

export const malformedHandler = (handler: string): FunctionFault => ({
  errorType: "Runtime.MalformedHandlerName",
  errorMessage: handler.includes("..")
    ? `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`
    : "Bad handler",
  trace: [],
});

export const moduleNotFound = (module: string): FunctionFault => {
  const errorMessage = `Error: Cannot find module '${module}'\nRequire stack:\n- /var/runtime/index.mjs`;
  return {
    errorType: "Runtime.ImportModuleError",
    errorMessage,
    trace: `Runtime.ImportModuleError: ${errorMessage}`.split("\n"),
  };
};

export const interpreterMissing = (command: string): FunctionFault => ({
  errorType: "Runtime.InvalidEntrypoint",
  errorMessage: `fork/exec ${command}: no such file or directory\nWavetank runs Python functions with the python3 on your PATH. Install Python 3, or name an interpreter in the environment variable WAVETANK_PYTHON.`,
});

export const folderMissing = (folder: string): FunctionFault => ({
  errorType: "Runtime.InvalidEntrypoint",
  errorMessage: `The code folder ${folder} is gone.`,
});

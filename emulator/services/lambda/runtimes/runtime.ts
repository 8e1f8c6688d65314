import type { FunctionSettings } from "../model/function.ts";
import type { FunctionFault, ProcessExit } from "../model/function-error.ts";

/** One event on its way to a handler. */
export interface InvocationEvent {
  readonly requestId: string;
  /** JSON. */
  readonly payload: Uint8Array | string;
  readonly timeoutMs: number;
  /** With the qualifier, if the caller gave one. */
  readonly invokedFunctionArn: string;
  /** JSON, as the caller's mobile SDK composed it. */
  readonly clientContext: string | undefined;
  readonly traceId: string;
}

/** What a runtime says of the invocation that it has just ended. */
export interface InvocationEnd {
  /** The handler's result, or the error's shape, as JSON. */
  readonly payload: Buffer;
  readonly isError: boolean;
  /** Whether the process ends right after, as it does after an error that nobody caught. */
  readonly isLast?: boolean;
  /** As the runtime measured it; else the tank does. */
  readonly durationMs?: number;
  /** Resident memory of the process, in bytes. */
  readonly memoryBytes?: number;
}

/** What a runtime tells the tank, in order. */
export interface RuntimeListener {
  /** The handler's module is loaded; how long that took and what it takes, where the runtime knows. */
  ready(measured?: { readonly initMs: number; readonly memoryBytes: number }): void;
  /** It could not be loaded; the error's shape as JSON. */
  initFailed(payload: Buffer): void;
  /** One log event, without its final newline. */
  printed(text: string): void;
  ended(end: InvocationEnd): void;
  /** Nobody knows how the event ended: what runs the function could not be reached. */
  lost(reason: string): void;
  /** The process is gone; nothing follows. */
  exited(exit: ProcessExit): void;
  /** The process could not even be started; nothing follows. */
  notStarted(fault: FunctionFault): void;
}

/** A process that runs one function, one event at a time. */
export interface RunningRuntime {
  deliver(event: InvocationEvent): void;
  /** Resident memory now, where the operating system tells. */
  memoryBytes(): number | undefined;
  /** Ends the process at once, and what it started; resolves when it is gone. */
  kill(): Promise<void>;
}

/** What a process is started for. */
export interface Launch {
  readonly settings: FunctionSettings;
  /** Absolute path of the code's folder: the working directory. */
  readonly taskRoot: string;
  /** Everything that the process finds in its environment, but what the runtime adds. */
  readonly variables: Readonly<Record<string, string>>;
}

import { randomUUID } from "node:crypto";
import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import { INIT_TIMEOUT_MS, MAX_SYNC_BYTES } from "../limits.ts";
import type { FunctionSettings, LambdaFunction } from "../model/function.ts";
import {
  exited,
  type FunctionFault,
  type ProcessExit,
  responseTooLarge,
  timedOut,
} from "../model/function-error.ts";
import { logStreamName } from "../model/log-lines.ts";
import type {
  InvocationEnd,
  InvocationEvent,
  RunningRuntime,
  RuntimeListener,
} from "../runtimes/runtime.ts";

/** How an invocation ended. */
export interface Outcome {
  /** The handler's result or an error's shape, as JSON. */
  readonly payload: Buffer;
  /**
   * `init` when the function could not even be loaded; `lost` when nobody knows, and the payload says why.
   */
  readonly result: "ok" | "error" | "timeout" | "exit" | "init" | "lost";
  readonly durationMs: number;
  readonly memoryBytes: number;
}

/** Starts a process for an environment; a fault when there is nothing to start. */
export type StartRuntime = (
  logStream: string,
  listener: RuntimeListener,
) => Promise<RunningRuntime | FunctionFault>;

/** Why an environment cannot serve: composed per invocation, since some name its request. */
type Failure = (requestId: string) => Pick<Outcome, "payload" | "result">;

interface UnderWay {
  readonly event: InvocationEvent;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly settle: (outcome: Outcome) => void;
}

const MEGABYTE = 1024 * 1024;
/** Shorter than any timeout, so that one watch serves for many short invocations. */
const WATCH_MS = 500;

/**
 * One execution environment: a process with the function loaded, which serves one event at a time.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment implements RuntimeListener {
  readonly logStream: string;
  readonly settings: FunctionSettings;
  /** Told of each log event, without its final newline. */
  onPrint: (text: string) => void = () => undefined;
  /** Told when the process goes while no invocation is under way. */
  onGone: () => void = () => undefined;
  /** Milliseconds that loading took; the first invocation after a cold start reports them. */
  initMs: number | undefined;
  /** Milliseconds since the epoch when it last had nothing to do. */
  idleSince = 0;
  readonly #clock: Clock;
  #runtime: RunningRuntime | undefined;
  #isReady = false;
  #failure: Failure | undefined;
  #loaded: (() => void) | undefined;
  #invocation: UnderWay | undefined;
  #watch: Disposable | undefined;
  #memoryBytes = 0;

  constructor({ clock, fn }: { clock: Clock; fn: Pick<LambdaFunction, "settings" | "version"> }) {
    this.#clock = clock;
    this.settings = fn.settings;
    this.logStream = logStreamName(clock.now(), { id: randomUUID(), version: fn.version });
  }

  /** Whether it can serve an event. */
  get isAlive(): boolean {
    return this.#failure === undefined;
  }

  /** Loads the function; afterwards the environment serves, or says at each invocation why not. */
  async init(start: StartRuntime): Promise<void> {
    const runtime = await start(this.logStream, this).catch(unexpected);
    if ("errorType" in runtime) return this.#failWith(runtime);
    this.#runtime = runtime;
    // Stopped while its code was being prepared.
    if (this.#failure !== undefined) return runtime.kill();
    const startedAt = this.#clock.now();
    if (!this.#isReady) await this.#loading();
    this.initMs ??= this.#clock.now() - startedAt;
  }

  /** Hands over one event; the environment must be alive and idle. */
  invoke(event: InvocationEvent): Promise<Outcome> {
    return new Promise((settle) => {
      this.#invocation = { event, startedAt: this.#clock.now(), settle };
      this.#watch ??= this.#watchFor(WATCH_MS);
      this.#runtime?.deliver(event);
    });
  }

  /** What an invocation gets from an environment that could not load the function. */
  refuse(requestId: string): Outcome {
    const failure =
      this.#failure ?? ((id) => faulty(exited(id, { code: 0, signal: null }), "exit"));
    return { ...failure(requestId), durationMs: 0, memoryBytes: this.#memoryBytes };
  }

  /** Ends the process at once; an invocation under way ends as if the process had exited. */
  async kill(): Promise<void> {
    this.#failure ??= (id) => faulty(exited(id, { code: null, signal: "SIGKILL" }), "exit");
    this.#watch?.[Symbol.dispose]();
    await this.#runtime?.kill();
  }

  ready(measured?: { initMs: number; memoryBytes: number }): void {
    this.#isReady = true;
    this.initMs = measured?.initMs;
    this.#memoryBytes = measured?.memoryBytes ?? 0;
    this.#loaded?.();
  }

  initFailed(payload: Buffer): void {
    this.#failure ??= () => ({ payload, result: "init" });
    this.#loaded?.();
    void this.#runtime?.kill();
  }

  printed(text: string): void {
    this.onPrint(text);
  }

  ended({ payload, isError, isLast, durationMs, memoryBytes }: InvocationEnd): void {
    if (isLast) void this.kill();
    this.#memoryBytes = Math.max(this.#memoryBytes, memoryBytes ?? 0);
    if (this.#isOverMemory()) {
      // The process goes on its own on AWS; here it is found out only now.
      void this.kill();
      this.exited({ code: null, signal: "SIGKILL" });
    } else if (payload.length > MAX_SYNC_BYTES) {
      this.#settle(faulty(responseTooLarge(), "error"), durationMs);
    } else this.#settle({ payload, result: isError ? "error" : "ok" }, durationMs);
  }

  /** The environment goes on: what cannot be reached now may come back. */
  lost(reason: string): void {
    this.#settle({ payload: Buffer.from(reason), result: "lost" });
  }

  exited(exit: ProcessExit): void {
    const wasAlive = this.#failure === undefined;
    this.#failure ??= (id) => faulty(exited(id, exit), "exit");
    this.#loaded?.();
    const requestId = this.#invocation?.event.requestId;
    if (requestId !== undefined) this.#settle(faulty(exited(requestId, exit), "exit"));
    else if (wasAlive) this.onGone();
  }

  notStarted(fault: FunctionFault): void {
    this.#failWith(fault);
    this.#loaded?.();
  }

  #failWith(fault: FunctionFault): void {
    this.#failure ??= () => faulty(fault, "init");
    this.onPrint(
      `${new Date(this.#clock.now()).toISOString()}\tundefined\tERROR\tUncaught Exception \t${JSON.stringify(fault)}`,
    );
  }

  /** Resolves once the runtime is ready, has failed, or has taken too long. */
  #loading(): Promise<void> {
    // DIFFERS: a slow init is not started over after 10 s, but goes on for as long as the retry might.
    const timeoutMs = INIT_TIMEOUT_MS + this.settings.timeoutSeconds * 1000;
    return new Promise((resolve) => {
      const timer = this.#clock.after(timeoutMs, () => {
        this.#failure ??= (id) =>
          faulty(timedOut(id, this.settings.timeoutSeconds * 1000), "timeout");
        void this.#runtime?.kill();
        this.#loaded?.();
      });
      this.#loaded = () => {
        timer[Symbol.dispose]();
        this.#loaded = undefined;
        resolve();
      };
    });
  }

  /** Looks after `ms` at how long the invocation under way has taken, and at its memory. */
  #watchFor(ms: number): Disposable {
    return this.#clock.after(ms, () => {
      this.#watch = undefined;
      if (!this.#invocation) return;
      const { event, startedAt } = this.#invocation;
      const leftMs = startedAt + event.timeoutMs - this.#clock.now();
      if (leftMs <= 0) return this.#timeOut(event);
      this.#memoryBytes = Math.max(this.#memoryBytes, this.#runtime?.memoryBytes() ?? 0);
      if (this.#isOverMemory()) void this.#runtime?.kill();
      else this.#watch = this.#watchFor(Math.min(leftMs, WATCH_MS));
    });
  }

  #timeOut({ requestId, timeoutMs }: InvocationEvent): void {
    void this.kill();
    this.#settle(faulty(timedOut(requestId, timeoutMs), "timeout"), timeoutMs);
  }

  #settle({ payload, result }: Pick<Outcome, "payload" | "result">, measuredMs?: number): void {
    const invocation = this.#invocation;
    if (!invocation) return;
    this.#invocation = undefined;
    const durationMs = measuredMs ?? this.#clock.now() - invocation.startedAt;
    invocation.settle({ payload, result, durationMs, memoryBytes: this.#memoryBytes });
  }

  #isOverMemory(): boolean {
    return this.#memoryBytes > this.settings.memoryMb * MEGABYTE;
  }
}

/** A fault of the tank's own, e.g. a full disk; the function's log is where somebody will look. */
function unexpected(thrown: unknown): FunctionFault {
  return { errorType: "Runtime.Unknown", errorMessage: messageOf(thrown) };
}

function faulty(
  fault: FunctionFault,
  result: Outcome["result"],
): Pick<Outcome, "payload" | "result"> {
  return { payload: Buffer.from(JSON.stringify(fault)), result };
}

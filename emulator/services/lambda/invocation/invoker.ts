import { randomUUID } from "node:crypto";
import type { TankContext } from "../../../core/context.ts";
import type { Scope } from "../../../core/service.ts";
import type { DeadLetters, Destinations } from "../destinations.ts";
import {
  engineStopped,
  functionNotActive,
  functionUnreachable,
  payloadTooLarge,
} from "../errors.ts";
import type { Found, Functions } from "../functions.ts";
import { MAX_ASYNC_BYTES, MAX_SYNC_BYTES } from "../limits.ts";
import { LATEST } from "../model/function.ts";
import { AsyncInvocations } from "./async-invocations.ts";
import type { Concurrency } from "./concurrency.ts";
import type { Deployments } from "./deployments.ts";
import { EndedEvents } from "./ended-events.ts";
import type { Outcome } from "./execution-environment.ts";
import { type Completed, run } from "./invocation.ts";
import { FunctionMetering } from "./metering.ts";

export interface InvokeRequest {
  /** A name, partial ARN or ARN. */
  readonly functionName: string;
  readonly qualifier?: string | undefined;
  /** JSON; an empty one is `{}`. */
  readonly payload: Uint8Array | string;
  readonly scope: Scope;
  /** Of the call; it becomes the invocation's. */
  readonly requestId?: string;
  readonly invocationType?: "RequestResponse" | "Event" | "DryRun" | undefined;
  /** JSON. */
  readonly clientContext?: string | undefined;
  /** The fact that the request log shows, e.g. "batch 25 · iterator age 19 ms". */
  readonly detail?: string;
}

export interface InvokeResult {
  /** 200, or 202 for an event that was queued, or 204 for a dry run. */
  readonly statusCode: number;
  /** The handler's result or an error's shape, as JSON; empty for events and dry runs. */
  readonly payload: Buffer;
  /** "Unhandled" when the function failed. */
  readonly functionError: string | undefined;
  /** The last 4 KB of the invocation's log, composed for who asks. */
  logTail(): string;
  readonly executedVersion: string | undefined;
  readonly requestId: string;
  /** How it ended, more exactly than AWS says. */
  readonly result: Outcome["result"];
}

const EMPTY = Buffer.alloc(0);

/** Runs functions for whoever asks, within the account's concurrency. */
export class Invoker {
  readonly #context: TankContext;
  readonly #functions: Functions;
  readonly #deployments: Deployments;
  readonly #concurrency: Concurrency;
  readonly #async: AsyncInvocations;
  readonly #ended: EndedEvents;
  readonly #metering: FunctionMetering;
  #total = 0;
  #isStopping = false;
  #whenIdle: (() => void) | undefined;

  constructor(options: {
    context: TankContext;
    functions: Functions;
    deployments: Deployments;
    concurrency: Concurrency;
    destinations: Destinations;
    deadLetters: DeadLetters;
  }) {
    const { clock, events } = options.context;
    this.#context = options.context;
    this.#metering = new FunctionMetering(options.context.metrics);
    this.#ended = new EndedEvents({ ...options, metering: this.#metering });
    this.#functions = options.functions;
    this.#deployments = options.deployments;
    this.#concurrency = options.concurrency;
    this.#async = new AsyncInvocations({
      clock,
      dropped: (message) => events.emit({ type: "warning", at: clock.now(), message }),
    });
  }

  /** @throws AwsError when the function is not there, not ready, throttled, or the payload too large */
  async invoke(request: InvokeRequest): Promise<InvokeResult> {
    const { functionName, qualifier, scope, invocationType = "RequestResponse" } = request;
    const named = { FunctionName: functionName, Qualifier: qualifier };
    const found = this.#functions.findInvoked(named, scope);
    if (found.fn.state !== "Active") throw functionNotActive(found.fn.state);
    assertSize(request.payload, invocationType);
    const requestId = request.requestId ?? randomUUID();
    if (invocationType === "DryRun") return accepted(204, requestId);
    if (invocationType === "RequestResponse") return this.#run(found, request, requestId);
    this.#enqueue(found, request, requestId);
    return accepted(202, requestId);
  }

  /** Forgets events that have not run yet. */
  forget(): void {
    this.#async.clear();
  }

  /** Takes no further invocation; resolves when none is under way. */
  async drain(): Promise<void> {
    this.#isStopping = true;
    if (this.#total === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
    });
  }

  #enqueue({ fn, qualifier = LATEST }: Found, request: InvokeRequest, requestId: string): void {
    // An alias's own settings, else those of the version that it stands for now.
    const { eventInvokeSettings } = fn.family;
    const settings = eventInvokeSettings.get(qualifier) ?? eventInvokeSettings.get(fn.version);
    const { clock } = this.#context;
    const { functionName, payload, scope } = request;
    const named = { FunctionName: functionName, Qualifier: request.qualifier };
    const queuedAt = clock.now();
    this.#metering.event(fn, { at: queuedAt, became: "received" });
    this.#async.enqueue({
      label: `Event ${requestId} for ${fn.name}`,
      bounds: settings,
      ended: (ending) => {
        if (ending.condition !== "Success") {
          this.#metering.event(fn, { at: clock.now(), became: "dropped" });
        }
        const functionArn = `${fn.arn}:${qualifier}`;
        const event = { requestId, functionArn, payload, ending };
        void this.#ended.tell(fn, { event, settings });
      },
      isRunnable: () => fn.family.reservedConcurrency !== 0,
      attempt: () => {
        const at = clock.now();
        this.#metering.event(fn, { at, became: "run", ageMs: at - queuedAt });
        return this.#run(this.#functions.findInvoked(named, scope), request, requestId);
      },
    });
  }

  async #run(
    { fn, qualifier }: Found,
    request: InvokeRequest,
    requestId: string,
  ): Promise<InvokeResult> {
    if (this.#isStopping) throw engineStopped();
    const startedAt = this.#context.clock.now();
    try {
      this.#concurrency.enter(fn);
    } catch (throttle) {
      this.#metering.throttled(fn, startedAt);
      throw throttle;
    }
    this.#total += 1;
    const { pool } = this.#deployments.of(fn);
    try {
      const leased = pool.lease();
      const lease = leased instanceof Promise ? await leased : leased;
      const invocation = {
        requestId,
        payload: request.payload.length === 0 ? "{}" : request.payload,
        invokedFunctionArn: qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}`,
        clientContext: request.clientContext,
        detail: request.detail,
      };
      const completed = await run(this.#context, fn, { invocation, lease });
      pool.release(lease.environment, completed.outcome.durationMs);
      const { result, payload } = completed.outcome;
      const { durationMs } = completed.outcome;
      const isError = result !== "ok";
      const concurrent = this.#concurrency.inFlight(fn.scope);
      this.#metering.invoked(fn, { startedAt, durationMs, isError, concurrent });
      if (result === "lost") throw functionUnreachable(payload.toString());
      return answered(completed, { requestId, executedVersion: fn.version });
    } finally {
      this.#concurrency.leave(fn);
      this.#total -= 1;
      if (this.#total === 0) this.#whenIdle?.();
    }
  }
}

function assertSize(payload: Uint8Array | string, type: string): void {
  const bytes = typeof payload === "string" ? Buffer.byteLength(payload) : payload.byteLength;
  const maxBytes = type === "Event" ? MAX_ASYNC_BYTES : MAX_SYNC_BYTES;
  if (bytes > maxBytes) throw payloadTooLarge({ bytes, type, maxBytes });
}

function accepted(statusCode: number, requestId: string): InvokeResult {
  return {
    statusCode,
    payload: EMPTY,
    functionError: undefined,
    logTail: () => "",
    executedVersion: undefined,
    requestId,
    result: "ok",
  };
}

function answered(
  { outcome, logTail }: Completed,
  { requestId, executedVersion }: { requestId: string; executedVersion: string },
): InvokeResult {
  return {
    statusCode: 200,
    payload: outcome.payload,
    functionError: outcome.result === "ok" ? undefined : "Unhandled",
    logTail,
    executedVersion,
    requestId,
    result: outcome.result,
  };
}

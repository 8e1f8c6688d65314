import {
  type Meter,
  Meters,
  type MetricSink,
  type MetricSource,
  type MetricUnit,
} from "../../../core/metrics.ts";
import type { Scope } from "../../../core/service.ts";
import { Scoped } from "../../../core/store.ts";
import type { LambdaFunction } from "../model/function.ts";

const NAMESPACE = "AWS/Lambda";

/**
 * AWS's own metrics of functions.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class FunctionMetering {
  readonly #functions: Meters<LambdaFunction>;
  /** Of all functions of an account and region together. */
  readonly #accounts: Scoped<Meter>;

  constructor(sink: MetricSink | undefined) {
    this.#functions = new Meters(sink, ({ name, scope }) =>
      sourceOf(scope, { FunctionName: name }),
    );
    const all = new Meters(sink, (scope: Scope) => sourceOf(scope, {}));
    this.#accounts = new Scoped((scope) => all.of(scope));
  }

  /** @param concurrent invocations under way in the account, this one among them */
  invoked(
    fn: LambdaFunction,
    run: { startedAt: number; durationMs: number; isError: boolean; concurrent: number },
  ): void {
    const { startedAt: at, durationMs, isError, concurrent } = run;
    this.#record(fn, at, "Invocations", 1, "Count");
    this.#record(fn, at, "Errors", isError ? 1 : 0, "Count");
    this.#record(fn, at, "Duration", durationMs, "Milliseconds");
    this.#record(fn, at, "ConcurrentExecutions", fn.family.inFlight, "Count");
    const ofAll = { name: "ConcurrentExecutions", value: concurrent, unit: "Count", at } as const;
    this.#accounts.of(fn.scope).record(ofAll);
  }

  throttled(fn: LambdaFunction, at: number): void {
    this.#record(fn, at, "Throttles", 1, "Count");
  }

  /** An event that nobody waits for was queued, is run, or is given up. */
  event(
    fn: LambdaFunction,
    {
      at,
      became,
      ageMs = 0,
    }: { at: number; became: "received" | "run" | "dropped"; ageMs?: number },
  ): void {
    if (became === "run") this.#record(fn, at, "AsyncEventAge", ageMs, "Milliseconds");
    else if (became === "received") this.#record(fn, at, "AsyncEventsReceived", 1, "Count");
    else this.#record(fn, at, "AsyncEventsDropped", 1, "Count");
  }

  /** A destination or a dead-letter queue did not take what became of an event. */
  untold(
    fn: LambdaFunction,
    { at, fault }: { at: number; fault: "DestinationDeliveryFailures" | "DeadLetterErrors" },
  ): void {
    this.#record(fn, at, fault, 1, "Count");
  }

  #record(fn: LambdaFunction, at: number, name: string, value: number, unit: MetricUnit): void {
    this.#functions.of(fn).record({ name, value, unit, at });
  }
}

function sourceOf(
  { accountId, region }: Scope,
  dimensions: MetricSource["dimensions"],
): MetricSource {
  return { namespace: NAMESPACE, dimensions, accountId, region };
}

/** How old the last record of a batch was when the function had it. */
export function recordIteratorAge(
  sink: MetricSink | undefined,
  batch: { functionName: string; scope: Scope; at: number; ageMs: number },
): void {
  const { functionName, scope, at, ageMs } = batch;
  const meter = sink?.meter(sourceOf(scope, { FunctionName: functionName }));
  meter?.record({ name: "IteratorAge", value: ageMs, unit: "Milliseconds", at });
}

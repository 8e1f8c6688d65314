import type { MetricSink, MetricUnit } from "../../../core/metrics.ts";
import type { Scope } from "../../../core/service.ts";
import type { LambdaFunction } from "../model/function.ts";

type Dimensions = Readonly<Record<string, string>>;

const NAMESPACE = "AWS/Lambda";
/** Of all functions together. */
const NONE: Dimensions = {};

/**
 * AWS's own metrics of functions.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class FunctionMetering {
  readonly #sink: MetricSink | undefined;
  /** One object for each function: the sink finds a metric again by it. */
  readonly #dimensions = new WeakMap<LambdaFunction, Dimensions>();

  constructor(sink: MetricSink | undefined) {
    this.#sink = sink;
  }

  /** @param concurrent invocations under way in the account, this one among them */
  invoked(
    fn: LambdaFunction,
    run: { startedAt: number; durationMs: number; isError: boolean; concurrent: number },
  ): void {
    if (!this.#sink) return;
    const { startedAt: at, durationMs, isError, concurrent } = run;
    this.#record(fn, at, "Invocations", 1, "Count");
    this.#record(fn, at, "Errors", isError ? 1 : 0, "Count");
    this.#record(fn, at, "Duration", durationMs, "Milliseconds");
    this.#record(fn, at, "ConcurrentExecutions", fn.family.inFlight, "Count");
    const { accountId, region } = fn.scope;
    const name = "ConcurrentExecutions";
    const common = { namespace: NAMESPACE, name, unit: "Count", accountId, region, at } as const;
    this.#sink.record({ ...common, dimensions: NONE, value: concurrent });
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
    let dimensions = this.#dimensions.get(fn);
    if (!dimensions) {
      dimensions = { FunctionName: fn.name };
      this.#dimensions.set(fn, dimensions);
    }
    const { accountId, region } = fn.scope;
    const namespace = NAMESPACE;
    this.#sink?.record({ namespace, name, dimensions, value, unit, accountId, region, at });
  }
}

/** How old the last record of a batch was when the function had it. */
export function recordIteratorAge(
  sink: MetricSink | undefined,
  batch: { functionName: string; scope: Scope; at: number; ageMs: number },
): void {
  const { functionName, scope, at, ageMs } = batch;
  sink?.record({
    namespace: NAMESPACE,
    name: "IteratorAge",
    dimensions: { FunctionName: functionName },
    value: ageMs,
    unit: "Milliseconds",
    accountId: scope.accountId,
    region: scope.region,
    at,
  });
}

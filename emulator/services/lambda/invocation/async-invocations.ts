import type { Clock } from "../../../core/clock.ts";
import { AwsError } from "../../../core/errors.ts";
import {
  ASYNC_RETRY_WAITS_MS,
  FIRST_REQUEUE_MS,
  MAX_EVENT_AGE_MS,
  MAX_REQUEUE_MS,
} from "../limits.ts";
import type { InvokeResult } from "./invoker.ts";

/** What a function answered to an event. */
export type EventAnswer = Pick<
  InvokeResult,
  "functionError" | "payload" | "statusCode" | "executedVersion"
>;

/** One try to run an event; rejects with an AwsError when the function cannot take it now. */
export type Attempt = () => Promise<EventAnswer>;

/** How an event ended. */
export interface Ending {
  /** As AWS says it to destinations; none when they are not told. */
  readonly condition:
    | "Success"
    | "RetriesExhausted"
    | "EventAgeExceeded"
    | "ZeroReservedConcurrency"
    | undefined;
  /** For people; empty for a success. */
  readonly reason: string;
  /** How many times the function has run. */
  readonly runs: number;
  /** The last one. */
  readonly answer: EventAnswer | undefined;
}

/** An event that waits to be run. */
export interface QueuedEvent {
  readonly label: string;
  readonly attempt: Attempt;
  readonly bounds?: EventBounds | undefined;
  /** `false` ends an event before it is tried: the function's reserved concurrency is 0. */
  readonly isRunnable: () => boolean;
  /** Called once it has run, or is given up. */
  readonly ended: (ending: Ending) => void;
}

/** What a function's configuration says of its events. */
export interface EventBounds {
  readonly maxRetryAttempts?: number | undefined;
  readonly maxEventAgeSeconds?: number | undefined;
}

/**
 * Events that nobody waits for: tried again after a minute and after two more when the function fails,
 * and for six hours when it is throttled.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class AsyncInvocations {
  readonly #clock: Clock;
  readonly #dropped: (reason: string) => void;
  #lifetime = new AbortController();

  constructor({ clock, dropped }: { clock: Clock; dropped: (reason: string) => void }) {
    this.#clock = clock;
    this.#dropped = dropped;
  }

  /** Returns at once; the event runs as soon as it can. */
  enqueue(event: QueuedEvent): void {
    const { signal } = this.#lifetime;
    const ended = (ending: Ending) => {
      event.ended(ending);
      if (ending.condition === "Success") return;
      this.#dropped(`${event.label} was dropped: ${ending.reason}`);
    };
    this.#run(event, signal).then(ended, (thrown: unknown) => {
      if (signal.aborted) return;
      ended({ condition: undefined, reason: String(thrown), runs: 0, answer: undefined });
    });
  }

  /** Forgets what has not run yet. */
  clear(): void {
    this.#lifetime.abort(new Error("the tank stops"));
    this.#lifetime = new AbortController();
  }

  async #run(
    { attempt, isRunnable, bounds = {} }: QueuedEvent,
    signal: AbortSignal,
  ): Promise<Ending> {
    const { maxRetryAttempts = ASYNC_RETRY_WAITS_MS.length, maxEventAgeSeconds } = bounds;
    const maxAgeMs =
      maxEventAgeSeconds === undefined ? MAX_EVENT_AGE_MS : maxEventAgeSeconds * 1000;
    const acceptedAt = this.#clock.now();
    let runs = 0;
    let answer: EventAnswer | undefined;
    let requeueMs = FIRST_REQUEUE_MS;
    for (;;) {
      let waitMs: number | undefined;
      try {
        if (!isRunnable()) {
          const reason = "the function's reserved concurrency is 0";
          return { condition: "ZeroReservedConcurrency", reason, runs, answer };
        }
        answer = await attempt();
        waitMs = runs < maxRetryAttempts ? ASYNC_RETRY_WAITS_MS[runs] : undefined;
        runs += 1;
        if (answer.functionError === undefined) {
          return { condition: "Success", reason: "", runs, answer };
        }
        if (waitMs === undefined) {
          const reason = `the function failed ${runs} times`;
          return { condition: "RetriesExhausted", reason, runs, answer };
        }
      } catch (thrown) {
        if (!isTemporary(thrown)) throw thrown;
        waitMs = requeueMs;
        requeueMs = Math.min(2 * requeueMs, MAX_REQUEUE_MS);
      }
      if (this.#clock.now() + waitMs - acceptedAt > maxAgeMs) {
        return { condition: "EventAgeExceeded", reason: "it is too old", runs, answer };
      }
      await this.#clock.sleep(waitMs, signal);
    }
  }
}

/** Throttling and faults of the service itself pass. */
function isTemporary(thrown: unknown): boolean {
  if (!(thrown instanceof AwsError)) return false;
  return thrown.code === "TooManyRequestsException" || (thrown.status ?? 400) >= 500;
}

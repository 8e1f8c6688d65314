import type { Clock } from "../../../core/clock.ts";
import { AwsError } from "../../../core/errors.ts";
import {
  ASYNC_RETRY_WAITS_MS,
  FIRST_REQUEUE_MS,
  MAX_EVENT_AGE_MS,
  MAX_REQUEUE_MS,
} from "../limits.ts";

/** One try to run an event; rejects with an AwsError when the function cannot take it now. */
export type Attempt = () => Promise<{ readonly functionError?: string | undefined }>;

/** An event that waits to be run. */
export interface QueuedEvent {
  readonly label: string;
  readonly attempt: Attempt;
  readonly bounds?: EventBounds | undefined;
  /** Called once it is given up. */
  readonly dropped?: () => void;
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
  enqueue({ label, attempt, bounds = {}, dropped }: QueuedEvent): void {
    const { signal } = this.#lifetime;
    this.#run(attempt, { signal, bounds }).then(
      (failure) => {
        if (failure === undefined) return;
        dropped?.();
        this.#dropped(`${label} was dropped: ${failure}`);
      },
      (thrown: unknown) => {
        if (signal.aborted) return;
        dropped?.();
        this.#dropped(`${label} was dropped: ${thrown}`);
      },
    );
  }

  /** Forgets what has not run yet. */
  clear(): void {
    this.#lifetime.abort(new Error("the tank stops"));
    this.#lifetime = new AbortController();
  }

  /** Resolves with why the event was given up, if it was. */
  async #run(
    attempt: Attempt,
    { signal, bounds }: { signal: AbortSignal; bounds: EventBounds },
  ): Promise<string | undefined> {
    const { maxRetryAttempts = ASYNC_RETRY_WAITS_MS.length, maxEventAgeSeconds } = bounds;
    const maxAgeMs =
      maxEventAgeSeconds === undefined ? MAX_EVENT_AGE_MS : maxEventAgeSeconds * 1000;
    const acceptedAt = this.#clock.now();
    let failures = 0;
    let requeueMs = FIRST_REQUEUE_MS;
    for (;;) {
      let waitMs: number | undefined;
      try {
        const { functionError } = await attempt();
        if (functionError === undefined) return undefined;
        waitMs = failures < maxRetryAttempts ? ASYNC_RETRY_WAITS_MS[failures] : undefined;
        failures += 1;
        if (waitMs === undefined) return `the function failed ${failures} times`;
      } catch (thrown) {
        if (!isTemporary(thrown)) throw thrown;
        waitMs = requeueMs;
        requeueMs = Math.min(2 * requeueMs, MAX_REQUEUE_MS);
      }
      if (this.#clock.now() + waitMs - acceptedAt > maxAgeMs) return "it is too old";
      await this.#clock.sleep(waitMs, signal);
    }
  }
}

/** Throttling and faults of the service itself pass. */
function isTemporary(thrown: unknown): boolean {
  if (!(thrown instanceof AwsError)) return false;
  return thrown.code === "TooManyRequestsException" || (thrown.status ?? 400) >= 500;
}

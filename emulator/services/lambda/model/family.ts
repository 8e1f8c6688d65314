import type { Alias } from "./alias.ts";
import type { LambdaFunction } from "./function.ts";
import type { Statement } from "./policy.ts";

/** What becomes of a function's events that nobody waits for. */
export interface EventInvokeSettings {
  readonly maxRetryAttempts: number | undefined;
  readonly maxEventAgeSeconds: number | undefined;
  /** ARNs of those that are told how events ended. */
  readonly onSuccess: string | undefined;
  readonly onFailure: string | undefined;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** What the versions of a function have in common, and which there are. */
export class FunctionFamily {
  readonly latest: LambdaFunction;
  /** Published versions by number, oldest first. */
  readonly versions = new Map<string, LambdaFunction>();
  readonly aliases = new Map<string, Alias>();
  /** By qualifier; the function's own under `$LATEST`. */
  readonly eventInvokeSettings = new Map<string, EventInvokeSettings>();
  /** By qualifier; the function's own under the empty one. */
  readonly policies = new Map<string, Map<string, Statement>>();
  tags: Readonly<Record<string, string>>;
  /** Numbers are never given twice, even after a version was deleted. */
  lastNumber = 0;
  /** Invocations that the function may have at the same time, out of the account's. */
  reservedConcurrency: number | undefined;
  /** Invocations under way, of all versions. */
  inFlight = 0;

  constructor(latest: LambdaFunction, tags: Readonly<Record<string, string>>) {
    this.latest = latest;
    this.tags = tags;
  }
}

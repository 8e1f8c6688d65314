import type { Scope } from "../../../core/service.ts";
import { Scoped } from "../../../core/store.ts";
import { concurrencyExceeded, unreservedTooFew } from "../errors.ts";
import { MIN_UNRESERVED_CONCURRENCY } from "../limits.ts";
import type { FunctionFamily } from "../model/family.ts";
import type { LambdaFunction } from "../model/function.ts";

/**
 * How many invocations run at the same time: a function with a reservation has that many to itself, all
 * others share what is left of the account's in the region.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export class Concurrency {
  /** Per account and region. */
  readonly limit: number;
  readonly #accounts = new Scoped(() => ({ inFlight: 0, reserving: new Set<FunctionFamily>() }));

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Counts one invocation more; every call is followed by one of `leave`. */
  enter({ scope, family }: LambdaFunction): void {
    const account = this.#accounts.of(scope);
    if (family.reservedConcurrency !== undefined) {
      if (family.inFlight >= family.reservedConcurrency)
        throw concurrencyExceeded("ReservedFunctionConcurrentInvocationLimitExceeded");
    } else if (account.reserving.size === 0) {
      if (account.inFlight >= this.limit)
        throw concurrencyExceeded("ConcurrentInvocationLimitExceeded");
    } else {
      let shared = account.inFlight;
      for (const { inFlight } of account.reserving) shared -= inFlight;
      if (shared >= this.unreserved(scope))
        throw concurrencyExceeded("ConcurrentInvocationLimitExceeded");
    }
    account.inFlight += 1;
    family.inFlight += 1;
  }

  leave({ scope, family }: LambdaFunction): void {
    this.#accounts.of(scope).inFlight -= 1;
    family.inFlight -= 1;
  }

  /** Gives a function a number of its own, out of the account's. */
  reserve({ scope, family }: LambdaFunction, count: number): void {
    const others = this.unreserved(scope) + (family.reservedConcurrency ?? 0);
    if (others - count < MIN_UNRESERVED_CONCURRENCY)
      throw unreservedTooFew(MIN_UNRESERVED_CONCURRENCY);
    family.reservedConcurrency = count;
    this.#accounts.of(scope).reserving.add(family);
  }

  /** The function shares again with all others. */
  release({ scope, family }: LambdaFunction): void {
    family.reservedConcurrency = undefined;
    this.#accounts.of(scope).reserving.delete(family);
  }

  /** Invocations under way in an account and region. */
  inFlight(scope: Scope): number {
    return this.#accounts.of(scope).inFlight;
  }

  /** What the functions without a reservation share. */
  unreserved(scope: Scope): number {
    let left = this.limit;
    for (const { reservedConcurrency = 0 } of this.#accounts.of(scope).reserving)
      left -= reservedConcurrency;
    return left;
  }

  /** Forgets all reservations: their functions are gone. */
  clear(): void {
    for (const { reserving } of this.#accounts.all()) reserving.clear();
  }
}

import type { Scope } from "./service.ts";

/** Resources kept apart by account and region, as AWS keeps them. */
export class Scoped<T> {
  readonly #accounts = new Map<string, Map<string, T>>();
  readonly #create: (scope: Scope) => T;

  constructor(create: (scope: Scope) => T) {
    this.#create = create;
  }

  /** The caller's own store, made on first use. */
  of(scope: Scope): T {
    const { accountId, region } = scope;
    const known = this.#accounts.get(accountId)?.get(region);
    return known ?? this.#add({ accountId, region });
  }

  all(): T[] {
    return [...this.#accounts.values()].flatMap((regions) => [...regions.values()]);
  }

  clear(): void {
    this.#accounts.clear();
  }

  #add(scope: Scope): T {
    const store = this.#create(scope);
    const regions = this.#accounts.get(scope.accountId);
    if (regions) regions.set(scope.region, store);
    else this.#accounts.set(scope.accountId, new Map([[scope.region, store]]));
    return store;
  }
}

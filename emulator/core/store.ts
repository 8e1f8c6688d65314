import type { Scope } from "./service.ts";

/** Resources kept apart by account and region, as AWS keeps them. */
export class Scoped<T> {
  readonly #stores = new Map<string, T>();
  readonly #create: (scope: Scope) => T;

  constructor(create: (scope: Scope) => T) {
    this.#create = create;
  }

  /** The caller's own store, made on first use. */
  of(scope: Scope): T {
    const key = `${scope.accountId}/${scope.region}`;
    let store = this.#stores.get(key);
    if (store === undefined) {
      store = this.#create({ accountId: scope.accountId, region: scope.region });
      this.#stores.set(key, store);
    }
    return store;
  }

  all(): Iterable<T> {
    return this.#stores.values();
  }

  clear(): void {
    this.#stores.clear();
  }
}

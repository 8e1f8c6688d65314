import type { ResourceSummary, Scope } from "../core/service.ts";
import { Scoped } from "../core/store.ts";
import { newId } from "./invocation.ts";

/** What every API has, of either kind. */
interface Api {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
}

/** A tag that gives an API an id of the user's choice, as LocalStack has it. */
const ID_TAG = "_custom_id_";

/** The APIs of every account and region; their ids are unique among all. */
export class Apis<A extends Api> {
  readonly #accounts = new Scoped(() => new Map<string, A>());

  /** An id for an API to be: the one its tags ask for, when it is free. */
  idFor(tags: Readonly<Record<string, string>> | undefined): string {
    const wanted = tags?.[ID_TAG];
    return wanted !== undefined && !this.find(wanted) ? wanted : newId();
  }

  add(api: A): A {
    this.#accounts.of(api.scope).set(api.id, api);
    return api;
  }

  get(id: string, scope: Scope): A | undefined {
    return this.#accounts.of(scope).get(id);
  }

  /** The caller's APIs, by id. */
  list(scope: Scope): A[] {
    return [...this.#accounts.of(scope).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  delete(api: A): void {
    this.#accounts.of(api.scope).delete(api.id);
  }

  /** An API of whatever account and region. */
  find(id: string): A | undefined {
    for (const apis of this.#accounts.all()) {
      const api = apis.get(id);
      if (api) return api;
    }
    return undefined;
  }

  clear(): void {
    this.#accounts.clear();
  }

  describe(type: string): ResourceSummary[] {
    const apis = this.#accounts.all().flatMap((all) => [...all.values()]);
    return apis.map(({ id, name }) => ({ type, name: `${name} (${id})`, state: "" }));
  }
}

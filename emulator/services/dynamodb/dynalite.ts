import { createRequire } from "node:module";
import type { Scope } from "../../core/service.ts";
import type { Json } from "./performing.ts";

// https://github.com/architect/dynalite
// Its operations are called past its HTTP server: in this process, without a port, and with an account and a
// region of the caller's. The package is pinned to one version, since these are not its public interface.

/** dynalite's tables and items, in memory. */
export interface Store {
  readonly tableDb: { awsAccountId: string; awsRegion: string };
  getTable(name: string, mustBeActive: boolean, done: Done<{ TableStatus: string }>): void;
}

type Done<T> = (error: Refusal | null, result?: T) => void;

/** An answer that is an error carries status and body; anything else is a fault of dynalite's. */
export interface Refusal extends Error {
  readonly statusCode?: number;
  readonly body?: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

export interface Action {
  /** The members that the operation knows. */
  readonly members: ReadonlySet<string>;
  /** @throws Refusal for an input that breaks a constraint */
  check(input: Json, store: Store): Json;
  run(store: Store, input: Json, done: Done<Json>): void;
}

interface Validations {
  checkTypes(input: Json, types: object): Json;
  checkValidations(input: Json, types: object, custom: unknown, store: Store): void;
}

const load = createRequire(import.meta.url);
const actions = new Map<string, Action>();

/** What performs an operation; loaded when it is first asked for, so that no tank waits for it. */
export function actionOf(operation: string): Action {
  const known = actions.get(operation);
  if (known) return known;
  const file = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}.js`;
  const { checkTypes, checkValidations } = load("dynalite/validations/index.js") as Validations;
  const { types, custom } = load(`dynalite/validations/${file}`) as {
    types: object;
    custom: unknown;
  };
  const action: Action = {
    members: new Set(Object.keys(types)),
    check(input, store) {
      const typed = checkTypes({ ...input }, types);
      checkValidations(typed, types, custom, store);
      return typed;
    },
    run: load(`dynalite/actions/${file}`) as Action["run"],
  };
  actions.set(operation, action);
  return action;
}

/**
 * An empty database of an account and region. DIFFERS: its tables change their states at once, not by the
 * tank's clock.
 */
export function newStore({ accountId, region }: Scope): Store {
  const { create } = load("dynalite/db/index.js") as { create(options: object): Store };
  const store = create({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  store.tableDb.awsAccountId = accountId;
  store.tableDb.awsRegion = region;
  return store;
}

import { randomInt, randomUUID } from "node:crypto";
import type { TankContext } from "../../core/context.ts";
import type { Scope } from "../../core/service.ts";
import { Scoped } from "../../core/store.ts";
import type { CodePackage } from "./code/code-package.ts";
import {
  functionExists,
  functionNotFound,
  functionsNotReachable,
  qualifierNotAllowed,
  qualifiersDiffer,
  revisionDiffers,
  updateInProgress,
} from "./errors.ts";
import { type Alias, routed } from "./model/alias.ts";
import { type FunctionSettings, LATEST, LambdaFunction } from "./model/function.ts";
import {
  type FunctionReference,
  functionArn,
  parseFunctionReference,
} from "./model/function-reference.ts";

/** How long a change of a function's state takes. Seconds on AWS; here just long enough to be seen. */
export const TRANSITION_MS = 100;

/** From 0 to 1, to choose between an alias's versions. */
const CHANCES = 2 ** 32;
const chance = () => randomInt(CHANCES) / CHANCES;

/** How requests name a function. */
export interface FunctionNamed {
  /** A name, partial ARN or ARN. */
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

/** A version of a function and how it was named. */
export interface Found {
  readonly fn: LambdaFunction;
  /** `$LATEST`, a version's number or an alias when the caller said so, else nothing. */
  readonly qualifier: string | undefined;
}

/** The functions of every account and region, and the changes of their states. */
export class Functions {
  readonly #context: TankContext;
  readonly #replaced: (fn: LambdaFunction) => void;
  readonly #functions = new Scoped(() => new Map<string, LambdaFunction>());
  readonly #transitions = new Set<Disposable>();

  /** @param replaced told when a function's configuration or code has changed, or it is gone */
  constructor(context: TankContext, replaced: (fn: LambdaFunction) => void) {
    this.#context = context;
    this.#replaced = replaced;
  }

  create(
    scope: Scope,
    created: {
      name: string;
      settings: FunctionSettings;
      code: CodePackage;
      tags: Readonly<Record<string, string>>;
    },
  ): LambdaFunction {
    this.assertFree(scope, created.name);
    const at = this.#context.clock.now();
    const fn = new LambdaFunction({ ...created, scope, revisionId: randomUUID(), at });
    this.#functions.of(scope).set(fn.name, fn);
    this.#changed(fn, "Pending");
    this.#later(() => {
      for (const version of [fn, ...fn.family.versions.values()]) {
        if (version.state !== "Pending") continue;
        version.state = "Active";
        version.updateStatus = "Successful";
        version.revisionId = randomUUID();
      }
      this.#changed(fn, "Active");
    });
    return fn;
  }

  assertFree(scope: Scope, name: string): void {
    if (this.#functions.of(scope).has(name)) throw functionExists(name);
  }

  /** Throws for a change that may not begin now. */
  assertUpdatable(fn: LambdaFunction, revisionId: string | undefined): void {
    if (fn.state === "Pending" || fn.updateStatus === "InProgress") throw updateInProgress(fn.arn);
    if (revisionId !== undefined) this.assertRevision(fn, revisionId);
  }

  assertRevision(fn: LambdaFunction, revisionId: string): void {
    if (revisionId !== fn.revisionId) throw revisionDiffers();
  }

  /** Changes configuration or code, which takes effect a moment later. */
  update(
    fn: LambdaFunction,
    change: { readonly settings?: FunctionSettings; readonly code?: CodePackage },
  ): void {
    fn.settings = change.settings ?? fn.settings;
    fn.code = change.code ?? fn.code;
    fn.updateStatus = "InProgress";
    fn.revisionId = randomUUID();
    fn.modifiedAt = this.#context.clock.now();
    this.#later(() => {
      fn.updateStatus = "Successful";
      fn.revisionId = randomUUID();
      this.#replaced(fn);
    });
  }

  /** Deletes a function with all its versions and aliases. */
  delete(fn: LambdaFunction): void {
    this.#functions.of(fn.scope).delete(fn.name);
    for (const version of [fn, ...fn.family.versions.values()]) this.#replaced(version);
    this.#changed(fn, "Deleted");
  }

  deleteVersion(fn: LambdaFunction): void {
    fn.family.versions.delete(fn.version);
    this.#replaced(fn);
  }

  /** The function that a request names, which may name no version of it. */
  findFunction(named: FunctionNamed, scope: Scope): LambdaFunction {
    const { fn, qualifier } = this.find(named, scope);
    if (qualifier !== undefined) throw qualifierNotAllowed();
    return fn;
  }

  /** The version of a function that a request names; an alias stands for the first of its versions. */
  find(named: FunctionNamed, scope: Scope): Found {
    const reference = this.#read(named, scope);
    const { name, qualifier } = reference;
    const fn = this.#version(reference, { scope, through: ({ version }) => version });
    if (fn) return { fn, qualifier };
    throw functionNotFound(functionArn(ownerOf(reference, scope), name, qualifier));
  }

  /** Like `find`, in the words of Invoke, which always names a version; an alias may choose between two. */
  findInvoked(named: FunctionNamed, scope: Scope): Found {
    const reference = this.#read(named, scope);
    const { name, qualifier } = reference;
    const fn = this.#version(reference, { scope, through: (alias) => routed(alias, chance) });
    if (fn) return { fn, qualifier };
    throw functionNotFound(functionArn(ownerOf(reference, scope), name, qualifier ?? LATEST));
  }

  /** The version of a function that an ARN or a name stands for, if there is one. */
  resolve(reference: FunctionReference, scope: Scope): LambdaFunction | undefined {
    return this.#version(reference, { scope, through: ({ version }) => version });
  }

  get(reference: FunctionReference, scope: Scope): LambdaFunction | undefined {
    return this.#functions.of(ownerOf(reference, scope)).get(reference.name);
  }

  /** The caller's functions, by name. */
  list(scope: Scope): LambdaFunction[] {
    const functions = [...this.#functions.of(scope).values()];
    return functions.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The functions of all accounts and regions. */
  all(): LambdaFunction[] {
    return [...this.#functions.all()].flatMap((functions) => [...functions.values()]);
  }

  /** Forgets every function and every change under way. */
  clear(): void {
    for (const transition of this.#transitions) transition[Symbol.dispose]();
    this.#transitions.clear();
    this.#functions.clear();
  }

  #version(
    reference: FunctionReference,
    { scope, through }: { scope: Scope; through: (alias: Alias) => string },
  ): LambdaFunction | undefined {
    const fn = this.get(reference, scope);
    const { qualifier } = reference;
    if (!fn || qualifier === undefined || qualifier === LATEST) return fn;
    const alias = fn.family.aliases.get(qualifier);
    const version = alias ? through(alias) : qualifier;
    return version === LATEST ? fn : fn.family.versions.get(version);
  }

  #read({ FunctionName, Qualifier }: FunctionNamed, scope: Scope): FunctionReference {
    const reference = parseFunctionReference(FunctionName);
    if (!reference) throw functionNotFound(functionArn(scope, FunctionName));
    const { region, qualifier } = reference;
    if (region !== undefined && region !== scope.region) {
      throw functionsNotReachable(region, scope.region);
    }
    if (qualifier !== undefined && Qualifier !== undefined && qualifier !== Qualifier) {
      throw qualifiersDiffer();
    }
    return { ...reference, qualifier: qualifier ?? Qualifier };
  }

  #changed({ name }: LambdaFunction, state: string): void {
    const { clock, events } = this.#context;
    events.emit({ type: "resource", at: clock.now(), service: "lambda", name, state });
  }

  #later(act: () => void): void {
    const transition = this.#context.clock.after(TRANSITION_MS, () => {
      this.#transitions.delete(transition);
      act();
    });
    this.#transitions.add(transition);
  }
}

function ownerOf({ accountId }: FunctionReference, scope: Scope): Scope {
  return { accountId: accountId ?? scope.accountId, region: scope.region };
}

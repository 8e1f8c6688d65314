import { arn } from "../../core/arn.ts";
import type { Scope } from "../../core/service.ts";
import { alreadyExists, notFound, type ResourceKind } from "./errors.ts";
import type { Resource } from "./resources.ts";

const ARN_TYPES: Readonly<Record<ResourceKind, string>> = {
  model: "model",
  "endpoint configuration": "endpoint-config",
  endpoint: "endpoint",
};

/**
 * The resources of one kind that an account has in a region.
 *
 * Names are compared without case: the last part of an ARN is in lower case, so two names that differ
 * in case alone would share one. AWS says so of endpoints. UNCONFIRMED for models and configurations.
 */
export class Shelf<T extends Resource> {
  readonly #kind: ResourceKind;
  readonly #scope: Scope;
  readonly #resources = new Map<string, T>();

  constructor(kind: ResourceKind, scope: Scope) {
    this.#kind = kind;
    this.#scope = scope;
  }

  arnOf(name: string): string {
    return arn("sagemaker", this.#scope, `${ARN_TYPES[this.#kind]}/${name.toLowerCase()}`);
  }

  add(resource: T): void {
    this.refuseTaken(resource.name);
    this.#resources.set(resource.name.toLowerCase(), resource);
  }

  refuseTaken(name: string): void {
    if (this.#resources.has(name.toLowerCase())) throw alreadyExists(this.#kind, this.arnOf(name));
  }

  get(name: string): T {
    const resource = this.find(name);
    if (!resource) throw notFound(this.#kind, this.arnOf(name));
    return resource;
  }

  find(name: string): T | undefined {
    return this.#resources.get(name.toLowerCase());
  }

  delete(name: string): T {
    const resource = this.get(name);
    this.#resources.delete(name.toLowerCase());
    return resource;
  }

  all(): readonly T[] {
    return [...this.#resources.values()];
  }
}

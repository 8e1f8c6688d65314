import type { Tag } from "@aws-sdk/client-sagemaker";

/** The tags of resources; gone with them. */
export class TagStore {
  readonly #tags = new WeakMap<object, Map<string, string>>();

  add(resource: object, tags: readonly Tag[] | undefined): void {
    const known = this.#of(resource);
    for (const { Key = "", Value = "" } of tags ?? []) known.set(Key, Value);
  }

  remove(resource: object, keys: readonly string[]): void {
    for (const key of keys) this.#of(resource).delete(key);
  }

  list(resource: object): Tag[] {
    return [...this.#of(resource)].map(([Key, Value]) => ({ Key, Value }));
  }

  #of(resource: object): Map<string, string> {
    let tags = this.#tags.get(resource);
    if (!tags) {
      tags = new Map();
      this.#tags.set(resource, tags);
    }
    return tags;
  }
}

import { messageOf, WavetankError } from "../core/errors.ts";
import type { AwsApi } from "./api.ts";
import type { Created } from "./intrinsics.ts";
import type { PlannedResource } from "./plan.ts";

/** A resource of a stack. */
export interface StackResource extends Created {
  readonly logicalId: string;
  /** CloudFormation's type: a SAM function appears as the resources that it stands for. */
  readonly type: string;
}

/** A planned resource that exists. */
export interface CreatedResource extends PlannedResource {
  readonly created: Created;
}

/** What a template has become. */
export class Stack {
  readonly name: string;
  /** In the order of their creation. */
  readonly resources: readonly StackResource[];
  /** The template's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly #created: readonly CreatedResource[];
  readonly #api: AwsApi;

  constructor(
    name: string,
    stack: {
      resources: readonly CreatedResource[];
      outputs: Readonly<Record<string, string>>;
      api: AwsApi;
    },
  ) {
    this.name = name;
    this.outputs = stack.outputs;
    this.#created = [...stack.resources];
    this.#api = stack.api;
    this.resources = this.#created.map(({ declaration, type, created }) => ({
      logicalId: declaration.logicalId,
      type: type.type,
      ...created,
    }));
  }

  /** Deletes the resources, the last created first, but for those that their DeletionPolicy retains. */
  async delete(): Promise<void> {
    await this.#deleteAll(["Delete"]);
  }

  /** As {@link delete}, for a deploy that failed: RetainExceptOnCreate does not retain then. */
  async rollBack(): Promise<void> {
    await this.#deleteAll(["Delete", "RetainExceptOnCreate"]);
  }

  async #deleteAll(policies: readonly string[]): Promise<void> {
    const left: string[] = [];
    for (const { declaration, type, created } of [...this.#created].reverse()) {
      if (created.isAdopted || !policies.includes(declaration.deletionPolicy)) continue;
      try {
        await type.delete(created, this.#api);
      } catch (error) {
        left.push(`${declaration.logicalId} (${created.physicalId}): ${messageOf(error)}`);
      }
    }
    if (left.length === 0) return;
    const message = `Not all of the stack ${this.name} could be deleted: ${left.join("; ")}.`;
    throw new WavetankError("ERR_DEPLOY", message, { hint: "Delete what is left by hand." });
  }
}

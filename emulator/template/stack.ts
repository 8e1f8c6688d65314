import { messageOf, WavetankError } from "../core/errors.ts";
import type { AwsApi } from "./api.ts";
import type { Change, Contents } from "./changes.ts";
import { checkExportsInUse, type ImportersOf } from "./exports.ts";
import type { Created } from "./intrinsics.ts";
import type { PlannedResource } from "./plan.ts";
import type { Resource } from "./resource-type.ts";

/** A resource of a stack. */
export interface StackResource extends Created {
  readonly logicalId: string;
  /** CloudFormation's type: a SAM function appears as the resources that it stands for. */
  readonly type: string;
}

/** A planned resource that exists. */
export interface CreatedResource extends PlannedResource {
  readonly created: Created;
  /** As it was last created or updated. */
  readonly resource: Resource<Record<string, unknown>>;
  /** What an update is compared with. */
  readonly contents: Contents;
  /** How often an update has put another in its place. */
  readonly generation: number;
}

/** What a template has become. */
export class Stack {
  readonly name: string;
  /** In the order of their creation. */
  readonly resources: readonly StackResource[];
  /** The template's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What other stacks may import, by the export's name. */
  readonly exports: ReadonlyMap<string, string>;
  /** The exports of other stacks that it uses, by name. */
  readonly imported: ReadonlySet<string>;
  /** What the deploy that made this of it has done; nothing when all was there. */
  readonly changes: readonly Change[];
  /** The values that were given for the template's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly #created: readonly CreatedResource[];
  readonly #api: AwsApi;
  readonly #importersOf: ImportersOf | undefined;
  #isDeleted = false;

  constructor(
    name: string,
    stack: {
      resources: readonly CreatedResource[];
      outputs: Readonly<Record<string, string>>;
      exports: ReadonlyMap<string, string>;
      imported: ReadonlySet<string>;
      changes: readonly Change[];
      parameters: Readonly<Record<string, string>>;
      api: AwsApi;
      importersOf?: ImportersOf | undefined;
    },
  ) {
    this.name = name;
    this.outputs = stack.outputs;
    this.exports = stack.exports;
    this.imported = stack.imported;
    this.changes = stack.changes;
    this.parameters = stack.parameters;
    this.#created = [...stack.resources];
    this.#api = stack.api;
    this.#importersOf = stack.importersOf;
    this.resources = this.#created.map(({ declaration, type, created }) => ({
      logicalId: declaration.logicalId,
      type: type.type,
      ...created,
    }));
  }

  /** Whether it has been deleted, or begun to be. */
  get isDeleted(): boolean {
    return this.#isDeleted;
  }

  /** A resource with all that an update needs to know of it. */
  created(logicalId: string): CreatedResource | undefined {
    return this.#created.find(({ declaration }) => declaration.logicalId === logicalId);
  }

  /**
   * Deletes the resources, the last created first, but for those that their DeletionPolicy retains.
   * @throws WavetankError ERR_DEPLOY, with nothing done while another stack imports something of it
   */
  async delete(): Promise<void> {
    const { exports } = this;
    checkExportsInUse({ exports, importersOf: this.#importersOf }, { remaining: new Map() });
    this.#isDeleted = true;
    const doomed = [...this.#created].reverse().filter(isDeletedWithStack);
    const left = await deleteInTurn(doomed, this.#api);
    if (left.length === 0) return;
    const message = `Not all of the stack ${this.name} could be deleted: ${left.join("; ")}.`;
    throw new WavetankError("ERR_DEPLOY", message, { hint: "Delete what is left by hand." });
  }
}

/** Whether a resource goes when its stack goes, or when a template no longer has it. */
export function isDeletedWithStack({ declaration, created }: CreatedResource): boolean {
  return !created.isAdopted && declaration.deletionPolicy === "Delete";
}

/** Deletes one after the other, past what cannot be deleted; resolves with that, and why. */
export async function deleteInTurn(
  doomed: readonly Pick<CreatedResource, "declaration" | "type" | "created">[],
  api: AwsApi,
): Promise<string[]> {
  const left: string[] = [];
  for (const { declaration, type, created } of doomed) {
    try {
      await type.delete(created, api);
    } catch (error) {
      left.push(`${declaration.logicalId} (${created.physicalId}): ${messageOf(error)}`);
    }
  }
  return left;
}

import { messageOf, WavetankError } from "../core/errors.ts";
import { type AwsApi, errorName, interruptible } from "./api.ts";
import { type Change, contentsOf, differences, isReplaced, resolveDeclaration } from "./changes.ts";
import type { DeployOptions } from "./deploy.ts";
import { checkExportsInUse } from "./exports.ts";
import type { Created, Scope } from "./intrinsics.ts";
import { physicalName } from "./names.ts";
import { outputTexts } from "./outputs.ts";
import { type Plan, type PlannedResource, readProperties } from "./plan.ts";
import { Report, sentence } from "./problem.ts";
import type { Resource } from "./resource-type.ts";
import { type CreatedResource, deleteInTurn, isDeletedWithStack, Stack } from "./stack.ts";

interface Job {
  readonly planned: Plan;
  readonly changes: readonly Change[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly options: DeployOptions;
}

/** The error of an operation that the tank does not have. */
const NOT_EMULATED = "NotImplemented";

/** Takes back a step; resolves with what could not be. */
type Undo = () => Promise<readonly string[]>;

/** One deploy under way. */
export class Deployment {
  readonly #job: Job;
  readonly #plan: Plan;
  readonly #options: DeployOptions;
  readonly #created = new Map<string, Created>();
  /** In the order in which they could be used. */
  readonly #resources: CreatedResource[] = [];
  /** The way back, the first step first. */
  readonly #undo: Undo[] = [];
  /** Ends every wait once something has failed, or the caller has had enough. */
  readonly #stop = new AbortController();
  readonly #api: AwsApi;
  #failure: WavetankError | undefined;

  constructor(job: Job) {
    const { planned, options } = job;
    this.#job = job;
    this.#plan = planned;
    this.#options = options;
    const signals = [this.#stop.signal, ...(options.signal ? [options.signal] : [])];
    this.#api = interruptible(options.api, AbortSignal.any(signals));
  }

  async run(): Promise<Stack> {
    const underWay = new Map<string, Promise<void>>();
    for (const planned of this.#plan.resources) {
      const { logicalId } = planned.declaration;
      const needed = [...(this.#plan.dependencies.get(logicalId) ?? [])];
      const ready = Promise.all(needed.map((name) => underWay.get(name)));
      underWay.set(
        logicalId,
        ready.then(() => this.#attempt(planned)),
      );
    }
    await Promise.all(underWay.values());
    try {
      if (this.#failure) throw this.#failure;
      const texts = outputTexts(this.#plan.outputs, this.#scope());
      const { before, importersOf } = this.#options;
      const exports = before?.exports ?? new Map();
      checkExportsInUse({ exports, importersOf }, { remaining: texts.exports });
      await this.#cleanUp();
      return this.#stack(texts);
    } catch (error) {
      throw await this.#rollBack(error);
    }
  }

  #stack(texts: ReturnType<typeof outputTexts>): Stack {
    const { changes, parameters } = this.#job;
    const { stackName, api, importersOf } = this.#options;
    const { imported } = this.#plan;
    const resources = this.#resources;
    const made = { resources, ...texts, imported, changes, parameters, api, importersOf };
    return new Stack(stackName, made);
  }

  /** Never rejects: the first failure is kept, and nothing further is begun. */
  async #attempt(planned: PlannedResource): Promise<void> {
    if (this.#failure) return;
    try {
      this.#options.signal?.throwIfAborted();
      await this.#carryOut(planned);
    } catch (error) {
      const before = this.#options.before?.created(planned.declaration.logicalId);
      this.#failure ??= this.#options.signal?.aborted
        ? interrupted()
        : failed(planned, { error, done: before ? "updated" : "created" });
      this.#stop.abort();
    }
  }

  async #carryOut(planned: PlannedResource): Promise<void> {
    const { declaration, type } = planned;
    const { logicalId } = declaration;
    const before = this.#options.before?.created(logicalId);
    const resource = this.#resource(planned, before?.generation ?? 0);
    const contents = contentsOf(resource, type);
    const changed = before ? differences(before.contents, contents) : [];
    let existing: CreatedResource;
    let action: Change["action"] | undefined;
    if (before && changed.length === 0) {
      existing = { ...before, declaration, type };
    } else if (before && !isReplaced(type, changed)) {
      action = "changed";
      const names = changed.map(({ name }) => name);
      const created = await this.#update({ before, resource, changed: names });
      existing = { ...planned, resource, contents, created, generation: before.generation };
    } else {
      action = before ? "replaced" : "added";
      const generation = before ? before.generation + 1 : 0;
      const fresh = this.#resource(planned, generation);
      const created = await this.#create(planned, fresh);
      existing = { ...planned, resource: fresh, contents, created, generation };
    }
    this.#resources.push(existing);
    this.#created.set(logicalId, existing.created);
    this.#options.onProgress?.({
      done: this.#resources.length,
      total: this.#plan.resources.length,
      logicalId,
      ...(action && { action }),
    });
  }

  async #create(
    { declaration, type }: PlannedResource,
    resource: Resource<Record<string, unknown>>,
  ): Promise<Created> {
    const api = this.#api;
    const created = await type.create(resource, api);
    // RetainExceptOnCreate does not retain what a failed deploy has created.
    if (!created.isAdopted && declaration.deletionPolicy !== "Retain") {
      this.#undo.push(() => deleteInTurn([{ declaration, type, created }], this.#options.api));
    }
    await type.stabilize?.(resource, { api, created });
    return created;
  }

  async #update({
    before,
    resource,
    changed,
  }: {
    before: CreatedResource;
    resource: Resource<Record<string, unknown>>;
    changed: readonly string[];
  }): Promise<Created> {
    const { type, created } = before;
    const [{ values: previous }, { values }] = [before.resource, resource];
    this.#undo.push(async () => {
      const { api } = this.#options;
      try {
        await type.update?.(before.resource, { api, created, previous: values, changed });
        await type.stabilize?.(before.resource, { api, created });
        return [];
      } catch (error) {
        // What is not emulated cannot have been done either.
        if (errorName(error) === NOT_EMULATED) return [];
        return [`${resource.logicalId} (${created.physicalId}): ${messageOf(error)}`];
      }
    });
    const api = this.#api;
    const updated = await type.update?.(resource, { api, created, previous, changed });
    await type.stabilize?.(resource, { api, created: updated ?? created });
    return updated ?? created;
  }

  #resource({ declaration, type }: PlannedResource, generation: number) {
    const { logicalId, owner } = declaration;
    const resolved = resolveDeclaration(declaration, { ...this.#scope(), logicalId: owner });
    const report = new Report({ loose: this.#options.loose });
    const values = readProperties(resolved, { type, report });
    report.throwIfFaulty();
    const { stackName } = this.#options;
    return {
      ...resolved,
      values,
      generatedName: (maxLength: number) =>
        physicalName({ stackName, logicalId, generation }, maxLength),
    };
  }

  #scope(): Scope {
    return { ...this.#plan.scope, created: this.#created };
  }

  /**
   * Deletes what the template no longer has, and what others have taken the place of: last, when nothing
   * depends on it any more. As on AWS the update stands even if that fails.
   */
  async #cleanUp(): Promise<void> {
    const { before, api, onWarning } = this.#options;
    const doomed = [...(before?.resources ?? [])].reverse().flatMap(({ logicalId }) => {
      const old = before?.created(logicalId);
      const young = this.#created.get(logicalId);
      if (!old || old.created.isAdopted) return [];
      if (!young) return isDeletedWithStack(old) ? [old] : [];
      const isSuperseded = young.physicalId !== old.created.physicalId;
      const planned = this.#plan.resources.find(
        ({ declaration }) => declaration.logicalId === logicalId,
      );
      const isRetained = planned?.declaration.updateReplacePolicy === "Retain";
      return isSuperseded && !isRetained ? [old] : [];
    });
    for (const left of await deleteInTurn(doomed, api)) {
      onWarning?.(`The update is done, but this could not be deleted: ${left}.`);
    }
  }

  async #rollBack(error: unknown): Promise<unknown> {
    const left: string[] = [];
    for (const undo of this.#undo.reverse()) left.push(...(await undo()));
    if (left.length === 0 || !(error instanceof WavetankError)) return error;
    const hint = `${error.hint} But not all of it could be undone: ${left.join("; ")}. Mend that by hand.`;
    return new WavetankError(error.code, error.message, { hint, cause: error });
  }
}

function interrupted(): WavetankError {
  return new WavetankError("ERR_DEPLOY", "The deploy was interrupted.", {
    hint: "What it had done is undone again.",
  });
}

function failed(
  { declaration, type }: PlannedResource,
  { error, done }: { error: unknown; done: "created" | "updated" },
): WavetankError {
  if (error instanceof WavetankError) return error;
  const name = errorName(error);
  const reason = name === "Error" ? messageOf(error) : `${name}: ${messageOf(error)}`;
  const { at, logicalId } = declaration;
  const text = `${type.type} could not be ${done}: ${reason}`;
  const undone =
    done === "created" ? "What this deploy had created is deleted again" : "The stack is as it was";
  return new WavetankError("ERR_DEPLOY", sentence({ at, logicalId, text, hint: "" }), {
    hint: `${undone}. Correct the cause and deploy once more.`,
    cause: error,
  });
}

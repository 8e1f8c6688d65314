import { messageOf, WavetankError } from "../core/errors.ts";
import { type AwsApi, errorName, interruptible } from "./api.ts";
import { type Created, resolve, type Scope } from "./intrinsics.ts";
import type { Template } from "./load.ts";
import { physicalName } from "./names.ts";
import { outputTexts } from "./outputs.ts";
import { type Plan, type PlannedResource, plan, readProperties } from "./plan.ts";
import { Report, sentence } from "./problem.ts";
import type { Resource } from "./resource-type.ts";
import { type CreatedResource, Stack } from "./stack.ts";

/** How far a deploy has come. */
export interface Progress {
  /** How many resources can be used by now, this one among them. */
  readonly done: number;
  readonly total: number;
  /** The resource that has just been created. */
  readonly logicalId: string;
}

export interface DeployOptions {
  /** Letters, digits and hyphens; generated names begin with it. */
  readonly stackName: string;
  /** Where the resources are created. */
  readonly api: AwsApi;
  /** Values of the template's parameters, by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Leaves out what Wavetank does not know or emulate, with a warning, instead of stopping. */
  readonly loose?: boolean;
  /** Interrupts the deploy: what it has created by then is deleted again. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onWarning?: (sentence: string) => void;
}

/**
 * Creates a template's resources, each as soon as those exist that it depends on. When one fails, those
 * that were created are deleted again.
 * @throws WavetankError ERR_TEMPLATE before anything is created, ERR_DEPLOY when a creation fails
 */
export async function deploy(template: Template, options: DeployOptions): Promise<Stack> {
  const { stackName, api, parameters, loose } = options;
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(stackName)) {
    throw new WavetankError("ERR_USAGE", `"${stackName}" cannot be the name of a stack.`, {
      hint: "Use up to 128 letters, digits and hyphens, beginning with a letter.",
    });
  }
  const planned = plan(template, { stackName, scope: api.scope, parameters, loose });
  for (const warning of planned.warnings) options.onWarning?.(warning);
  return await new Deployment(planned, options).run();
}

/** One deploy under way. */
class Deployment {
  readonly #plan: Plan;
  readonly #options: DeployOptions;
  readonly #created = new Map<string, Created>();
  /** In the order of their creation, for the way back. */
  readonly #resources: CreatedResource[] = [];
  /** Ends every wait once something has failed, or the caller has had enough. */
  readonly #stop = new AbortController();
  readonly #api: AwsApi;
  #failure: WavetankError | undefined;
  #done = 0;

  constructor(planned: Plan, options: DeployOptions) {
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
    const { stackName, api } = this.#options;
    const stack = (outputs: Record<string, string>) =>
      new Stack(stackName, { resources: this.#resources, outputs, api });
    try {
      if (this.#failure) throw this.#failure;
      return stack(outputTexts(this.#plan.outputs, this.#scope()));
    } catch (error) {
      throw await this.#rollBack(stack({}), error);
    }
  }

  /** Never rejects: the first failure is kept, and nothing further is begun. */
  async #attempt(planned: PlannedResource): Promise<void> {
    if (this.#failure) return;
    try {
      this.#options.signal?.throwIfAborted();
      await this.#create(planned);
    } catch (error) {
      this.#failure ??= this.#options.signal?.aborted ? interrupted() : failed(planned, error);
      this.#stop.abort();
    }
  }

  async #create({ declaration, type }: PlannedResource): Promise<void> {
    const { logicalId } = declaration;
    const { onProgress } = this.#options;
    const api = this.#api;
    const resource = this.#resource({ declaration, type });
    const created = await type.create(resource, api);
    this.#resources.push({ declaration, type, created });
    await type.stabilize?.(resource, { api, created });
    this.#created.set(logicalId, created);
    this.#done += 1;
    onProgress?.({ done: this.#done, total: this.#plan.resources.length, logicalId });
  }

  #resource({ declaration, type }: PlannedResource): Resource<Record<string, unknown>> {
    const { logicalId, owner } = declaration;
    const scope = { ...this.#scope(), logicalId: owner };
    const properties = resolve(declaration.properties, scope);
    const metadata = declaration.metadata && resolve(declaration.metadata, scope);
    const whole = { ...declaration, metadata };
    const resolved = properties?.kind === "map" ? { ...whole, properties } : whole;
    const report = new Report({ loose: this.#options.loose });
    const values = readProperties(resolved, { type, report });
    report.throwIfFaulty();
    const { stackName } = this.#options;
    return {
      ...resolved,
      values,
      generatedName: (maxLength) => physicalName({ stackName, logicalId }, maxLength),
    };
  }

  #scope(): Scope {
    return { ...this.#plan.scope, created: this.#created };
  }

  async #rollBack(stack: Stack, error: unknown): Promise<unknown> {
    try {
      await stack.rollBack();
      return error;
    } catch (second) {
      if (!(error instanceof WavetankError)) return error;
      const hint = `${error.hint} ${messageOf(second)}`;
      return new WavetankError(error.code, error.message, { hint, cause: error });
    }
  }
}

function interrupted(): WavetankError {
  return new WavetankError("ERR_DEPLOY", "The deploy was interrupted.", {
    hint: "What it had created is deleted again.",
  });
}

function failed({ declaration, type }: PlannedResource, error: unknown): WavetankError {
  if (error instanceof WavetankError) return error;
  const name = errorName(error);
  const reason = name === "Error" ? messageOf(error) : `${name}: ${messageOf(error)}`;
  const { at, logicalId } = declaration;
  const text = `${type.type} could not be created: ${reason}`;
  return new WavetankError("ERR_DEPLOY", sentence({ at, logicalId, text, hint: "" }), {
    hint: "What this deploy had created is deleted again. Correct the cause and deploy once more.",
    cause: error,
  });
}

import { basename, dirname, extname, resolve } from "node:path";
import { messageOf, WavetankError } from "./core/errors.ts";
import type { AwsApi } from "./template/api.ts";
import type { Change } from "./template/changes.ts";
import type { Progress } from "./template/deploy.ts";
import type { Stack } from "./template/stack.ts";

export interface DeployOptions {
  /** The folder of the template when absent. An existing stack of this name is updated. */
  readonly stackName?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Deploys what the tank knows of a template, and only warns of the rest. */
  readonly loose?: boolean;
  /** Aborting undoes what has been done so far. */
  readonly signal?: AbortSignal;
  /** Told what will be done, before any of it is. */
  readonly onChanges?: (changes: readonly Change[]) => void;
  readonly onProgress?: (progress: Progress) => void;
  readonly onWarning?: (message: string) => void;
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-stack-status-codes
type Verb = "CREATE" | "UPDATE" | "DELETE";
type Status =
  | `${Verb}_${"IN_PROGRESS" | "COMPLETE" | "FAILED"}`
  | `${"UPDATE_" | ""}ROLLBACK_COMPLETE`;

/** A stack and what was last done to it, as `GET /_wavetank/stacks` tells. */
export interface StackStatus {
  readonly name: string;
  readonly status: Status;
  readonly changes: readonly Change[];
  readonly progress: readonly Progress[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

interface Held {
  readonly name: string;
  /** The template that made it. */
  templateFile: string;
  stack: Stack | undefined;
  status: Status;
  changes: readonly Change[];
  progress: Progress[];
  warnings: string[];
  error?: StackStatus["error"];
}

/** What the stacks need of their tank. */
export interface StacksNeeds {
  readonly api: AwsApi;
  /** What a deploy leaves out, or could not delete. */
  onWarning(message: string): void;
  /** Called once all of a stack is there, before its deploy is done. */
  onDeployed(): Promise<void>;
}

/** The stacks of a tank, by name. */
export class Stacks {
  readonly #needs: StacksNeeds;
  readonly #held = new Map<string, Held>();
  readonly #stop = new AbortController();

  constructor(needs: StacksNeeds) {
    this.#needs = needs;
  }

  /**
   * Creates what a template describes, or makes an existing stack what it describes.
   * @throws WavetankError ERR_TEMPLATE before anything is done, ERR_DEPLOY after it was undone
   */
  async deploy(templateFile: string, options: DeployOptions): Promise<Stack> {
    const [{ deploy }, { loadTemplate }] = await Promise.all([
      import("./template/deploy.ts"),
      import("./template/load.ts"),
    ]);
    const template = await loadTemplate(templateFile);
    const held = this.#begin(options.stackName ?? this.nameFor(templateFile), { templateFile });
    const before = held.stack;
    const { signal = this.#stop.signal, onChanges, onProgress, onWarning } = options;
    try {
      held.stack = await deploy(template, {
        ...options,
        stackName: held.name,
        api: this.#needs.api,
        before,
        imports: this.#exportsBeside(held),
        importersOf: (exportName) => this.#importersOf(exportName),
        signal: AbortSignal.any([signal, this.#stop.signal]),
        onChanges: (changes) => {
          held.changes = changes;
          onChanges?.(changes);
        },
        onProgress: (progress) => {
          held.progress.push(progress);
          onProgress?.(progress);
        },
        onWarning: (warning) => {
          held.warnings.push(warning);
          this.#needs.onWarning(warning);
          onWarning?.(warning);
        },
      });
      await this.#needs.onDeployed();
      held.status = before ? "UPDATE_COMPLETE" : "CREATE_COMPLETE";
      return held.stack;
    } catch (error) {
      held.status = before ? "UPDATE_ROLLBACK_COMPLETE" : "ROLLBACK_COMPLETE";
      held.error = explained(error);
      throw error;
    }
  }

  /** @throws WavetankError ERR_USAGE when there is no such stack, ERR_DEPLOY when not all of it could go */
  async delete(name: string): Promise<void> {
    const { stack } = this.#held.get(name) ?? {};
    if (!stack || stack.isDeleted) {
      const standing = this.#standing().map((other) => other.name);
      throw noStack(name, standing);
    }
    const before = this.#held.get(name);
    const held = this.#begin(name, { isDeletion: true });
    try {
      await stack.delete();
      this.#held.delete(name);
    } catch (error) {
      // Refused before anything was done: as on AWS the stack is what it was.
      if (before && !stack.isDeleted) {
        this.#held.set(name, before);
        throw error;
      }
      held.status = "DELETE_FAILED";
      held.error = explained(error);
      throw error;
    }
  }

  /** Those that stand, and those whose last deploy failed. */
  list(): StackStatus[] {
    return [...this.#held.values()].map(({ templateFile: _, stack, ...told }) => {
      return { ...told, outputs: stack?.outputs ?? {} };
    });
  }

  /** Forgets all of them. */
  clear(): void {
    this.#held.clear();
  }

  /** Interrupts what is under way. */
  stop(): void {
    this.#stop.abort();
  }

  #begin(
    name: string,
    { templateFile, isDeletion = false }: { templateFile?: string; isDeletion?: boolean },
  ): Held {
    const known = this.#held.get(name);
    if (known?.status.endsWith("IN_PROGRESS")) {
      const text = `Stack ${name} is in ${known.status} state and can not be updated.`;
      throw new WavetankError("ERR_DEPLOY", text, { hint: "Wait until that is done." });
    }
    const stack = known?.stack?.isDeleted ? undefined : known?.stack;
    const verb: Verb = isDeletion ? "DELETE" : stack ? "UPDATE" : "CREATE";
    const held: Held = {
      name,
      templateFile: resolve(templateFile ?? known?.templateFile ?? ""),
      stack,
      status: `${verb}_IN_PROGRESS`,
      changes: [],
      progress: [],
      warnings: [],
    };
    this.#held.set(name, held);
    return held;
  }

  /** What the other stacks export. */
  #exportsBeside({ name }: Held): Map<string, string> {
    const others = this.#standing().filter((stack) => stack.name !== name);
    return new Map(others.flatMap(({ exports }) => [...exports]));
  }

  #importersOf(exportName: string): string[] {
    const importers = this.#standing().filter(({ imported }) => imported.has(exportName));
    return importers.map(({ name }) => name);
  }

  #standing(): Stack[] {
    return [...this.#held.values()].flatMap(({ stack }) =>
      stack && !stack.isDeleted ? [stack] : [],
    );
  }

  /**
   * What a template's stack is called unless told otherwise: `handlers/ride-duration/template.yaml` is
   * `ride-duration`; another template beside it adds its own name.
   */
  nameFor(templateFile: string): string {
    const path = resolve(templateFile);
    const name = inLetters(basename(dirname(path))) || "stack";
    const held = this.#held.get(name);
    if (!held?.stack || held.stack.isDeleted || held.templateFile === path) return name;
    return `${name}-${inLetters(basename(path, extname(path))) || "other"}`;
  }
}

/** In the letters that a stack's name may have. */
function inLetters(text: string): string {
  return text.replace(/[^a-zA-Z0-9-]+/g, "-").replace(/^[^a-zA-Z]+/, "");
}

function noStack(name: string, standing: readonly string[]): WavetankError {
  const known = standing.length > 0 ? `There are: ${standing.join(", ")}.` : "There are none.";
  return new WavetankError("ERR_USAGE", `Stack ${name} does not exist.`, { hint: known });
}

/** An error in the words of the tank's own answers. */
export function explained(error: unknown): NonNullable<StackStatus["error"]> {
  const { code, hint } =
    error instanceof WavetankError
      ? error
      : { code: "ERR_INTERNAL", hint: "The tank's log tells more." };
  return { code, message: messageOf(error), hint };
}

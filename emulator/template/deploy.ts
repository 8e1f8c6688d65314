import { WavetankError } from "../core/errors.ts";
import type { AwsApi } from "./api.ts";
import { type Change, changesOf } from "./changes.ts";
import { Deployment } from "./deployment.ts";
import type { ImportersOf } from "./exports.ts";
import type { Template } from "./load.ts";
import { plan } from "./plan.ts";
import type { Stack } from "./stack.ts";

/** How far a deploy has come. */
export interface Progress {
  /** How many resources can be used by now, this one among them. */
  readonly done: number;
  readonly total: number;
  /** The resource that can be used now. */
  readonly logicalId: string;
  /** What was done to it; absent when it was there as it should be. */
  readonly action?: Change["action"];
}

export interface DeployOptions {
  /** Letters, digits and hyphens; generated names begin with it. */
  readonly stackName: string;
  /** Where the resources are created. */
  readonly api: AwsApi;
  /** The stack as it is: it becomes what the template says. Absent for a new one. */
  readonly before?: Stack | undefined;
  /** Values of the template's parameters, by name; of an existing stack those it was given stay. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What other stacks export, by the export's name: for Fn::ImportValue. */
  readonly imports?: ReadonlyMap<string, string>;
  /** Which other stacks import an export of this one, by the export's name. */
  readonly importersOf?: ImportersOf;
  /** Leaves out what Wavetank does not know or emulate, with a warning, instead of stopping. */
  readonly loose?: boolean;
  /** Interrupts the deploy: what it has done by then is undone. */
  readonly signal?: AbortSignal;
  /** Told what will be done, before any of it is. */
  readonly onChanges?: (changes: readonly Change[]) => void;
  readonly onProgress?: (progress: Progress) => void;
  readonly onWarning?: (sentence: string) => void;
}

/**
 * Makes a stack what a template says. Each resource is created, or changed, as soon as those are there
 * that it depends on; what the template no longer has is deleted at the end. When one fails, all is as
 * it was before.
 * @throws WavetankError ERR_TEMPLATE before anything is done, ERR_DEPLOY when a step fails
 */
export async function deploy(template: Template, options: DeployOptions): Promise<Stack> {
  const { stackName, api, before, loose, imports } = options;
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(stackName)) {
    throw new WavetankError("ERR_USAGE", `"${stackName}" cannot be the name of a stack.`, {
      hint: "Use up to 128 letters, digits and hyphens, beginning with a letter.",
    });
  }
  const known = Object.entries(before?.parameters ?? {});
  const parameters = {
    ...Object.fromEntries(known.filter(([name]) => template.parameters.has(name))),
    ...options.parameters,
  };
  const planned = plan(template, { stackName, scope: api.scope, parameters, imports, loose });
  for (const warning of planned.warnings) options.onWarning?.(warning);
  const changes = changesOf(planned, before);
  options.onChanges?.(changes);
  return await new Deployment({ planned, changes, parameters, options }).run();
}

import { basename, dirname, resolve } from "node:path";
import { WavetankError } from "../../core/errors.ts";
import { loadTemplate, type Template } from "../../template/load.ts";
import type { Finding } from "../finding.ts";
import { bucketFindings, modelDataFindings } from "./buckets.ts";
import { awsClients } from "./clients.ts";
import { identify } from "./identity.ts";
import { imageFindings } from "./images.ts";
import { needsOf } from "./needs.ts";
import { quotaFindings } from "./quotas.ts";

export interface AwsCheckOptions {
  readonly templates: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Asked instead of AWS, for tests. */
  readonly endpoint?: string | undefined;
}

/**
 * Whether the templates could be deployed to the caller's AWS account now. Asks only; changes nothing.
 * @throws WavetankError ERR_TEMPLATE, ERR_USAGE for what is wrong before AWS is asked
 */
export async function checkAws(options: AwsCheckOptions): Promise<Finding[]> {
  const templates = await Promise.all(options.templates.map(loaded));
  refuseUnknown(options.parameters, templates);
  const clients = awsClients(options.endpoint);
  const { findings, scope } = await identify(clients, process.env);
  if (!scope) return [...findings];
  const needs = needsOf(templates, { scope, parameters: options.parameters });
  const groups = await Promise.all([
    quotaFindings(clients, needs),
    imageFindings(clients, { needs, scope }),
    modelDataFindings(clients, needs),
    bucketFindings(clients, needs),
  ]);
  return [...findings, ...groups.flat(), ...needs.warnings.map(notCounted)];
}

async function loaded(file: string): Promise<{ template: Template; stackName: string }> {
  return { template: await loadTemplate(file), stackName: basename(dirname(resolve(file))) };
}

function refuseUnknown(
  parameters: Readonly<Record<string, string>>,
  templates: readonly { readonly template: Template }[],
): void {
  for (const name of Object.keys(parameters)) {
    if (templates.some(({ template }) => template.parameters.has(name))) continue;
    const known = templates.flatMap(({ template }) => [...template.parameters.keys()]);
    throw new WavetankError("ERR_TEMPLATE", `No template has a parameter "${name}".`, {
      hint: `Known parameters: ${known.join(", ") || "none"}.`,
    });
  }
}

function notCounted(sentence: string): Finding {
  const remedy = "What it needs of AWS is not checked.";
  return { check: "template", ok: false, optional: true, found: sentence, remedy };
}

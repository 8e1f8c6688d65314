import { WavetankError } from "../../emulator/core/errors.ts";
import type { Scope as AccountScope } from "../../emulator/core/service.ts";
import { parseTemplate, type Template } from "../../emulator/template/load.ts";
import { type Plan, type PlanOptions, plan } from "../../emulator/template/plan.ts";

export const SCOPE: AccountScope = { accountId: "123456789012", region: "eu-west-1" };

/** A template of this text, in a folder of its own name. */
export function templateOf(text: string, folder = "/pipelines/ride"): Template {
  return parseTemplate(text, { file: "template.yaml", folder });
}

/** The plan of a template of this text. */
export function planOf(
  text: string,
  options: Partial<PlanOptions> & { folder?: string } = {},
): Plan {
  const { folder, ...rest } = options;
  return plan(templateOf(text, folder), { stackName: "ride", scope: SCOPE, ...rest });
}

/** What the person at the keyboard reads when `act` fails: the message, then the hint. */
export function complaint(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof WavetankError) return `${error.message}\n${error.hint}`;
    throw error;
  }
  throw new Error("nothing was wrong");
}

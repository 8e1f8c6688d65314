import { resolve, type Scope } from "./intrinsics.ts";
import type { Template } from "./load.ts";
import { suggestion } from "./nearest.ts";
import { describe, member, type Node, scalar } from "./node.ts";
import { type Report, templateError } from "./problem.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html
const PROPERTIES = ["Value", "Description", "Condition", "Export"];

/** An output whose condition holds; its value may still await resources. */
export interface PlannedOutput {
  readonly name: string;
  readonly value: Node;
}

/** Reads the Outputs section. An Export is kept: there is one stack per template, nothing imports. */
export function planOutputs(
  template: Template,
  { scope, report }: { scope: Scope; report: Report },
): PlannedOutput[] {
  return [...template.outputs].flatMap(([name, { at, value }]) => {
    if (value.kind === "map") {
      for (const [key, { at: where }] of value.entries) {
        if (PROPERTIES.includes(key)) continue;
        const hint = suggestion(key, { among: PROPERTIES, noun: "properties of an output" });
        const text = `unknown property "${key}" of an output.`;
        report.fault({ at: where, logicalId: name, text, hint });
      }
    }
    const condition = member(value, "Condition");
    if (condition?.kind === "scalar" && !scope.condition(condition, name)) return [];
    const source = member(value, "Value");
    const resolved = source && resolve(source, { ...scope, logicalId: name });
    if (resolved) return [{ name, value: resolved }];
    const hint = "Write Value: and what to give out.";
    report.fault({ at, logicalId: name, text: "the output has no Value.", hint });
    return [];
  });
}

/** The outputs' texts, once every resource exists. */
export function outputTexts(
  outputs: readonly PlannedOutput[],
  scope: Scope,
): Record<string, string> {
  const pairs = outputs.map(({ name, value }) => {
    const resolved = resolve(value, { ...scope, logicalId: name }) ?? scalar("", value.at);
    if (resolved.kind === "scalar") return [name, resolved.text];
    const text = `an output must be a text, not ${describe(resolved)}.`;
    throw templateError({ at: value.at, logicalId: name, text, hint: "Use !Join or !Select." });
  });
  return Object.fromEntries(pairs);
}

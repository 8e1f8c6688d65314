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
  /** Under which name other stacks import it. */
  readonly exportName: Node | undefined;
}

/** Reads the Outputs section: those whose conditions hold, with the names they are exported under. */
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
    const exported = member(member(value, "Export"), "Name");
    const exportName = exported && resolve(exported, { ...scope, logicalId: name });
    if (resolved) return [{ name, value: resolved, exportName }];
    const hint = "Write Value: and what to give out.";
    report.fault({ at, logicalId: name, text: "the output has no Value.", hint });
    return [];
  });
}

/** The outputs' texts, once every resource exists: by name, and by the name that other stacks import. */
export function outputTexts(
  outputs: readonly PlannedOutput[],
  scope: Scope,
): { outputs: Record<string, string>; exports: Map<string, string> } {
  const texts: Record<string, string> = {};
  const exports = new Map<string, string>();
  for (const { name, value, exportName } of outputs) {
    const textOf = (node: Node): string => {
      const resolved = resolve(node, { ...scope, logicalId: name }) ?? scalar("", node.at);
      if (resolved.kind === "scalar") return resolved.text;
      const text = `an output must be a text, not ${describe(resolved)}.`;
      throw templateError({ at: node.at, logicalId: name, text, hint: "Use !Join or !Select." });
    };
    texts[name] = textOf(value);
    if (!exportName) continue;
    const exported = textOf(exportName);
    if (scope.imports?.has(exported)) {
      const text = `Export with name ${exported} is already exported by another stack.`;
      throw templateError({ at: exportName.at, logicalId: name, text, hint: "Rename it." });
    }
    exports.set(exported, texts[name] ?? "");
  }
  return { outputs: texts, exports };
}

import { suggestion } from "./nearest.ts";
import { type Dict, dict, member, type Node, type Position } from "./node.ts";
import type { Report } from "./problem.ts";
import type { Declaration } from "./resource-type.ts";

/** An event of a function, as its `Events` section has it. */
export interface FunctionEvent {
  readonly name: string;
  readonly at: Position;
  /** The function's logical id, or its alias's, which the event invokes. */
  readonly target: string;
  /** Its ARN. */
  readonly arn: Node;
  readonly declared: Declaration;
  readonly report: Report;
}

/** Which properties a type of event has. */
export interface EventKind {
  readonly properties: readonly string[];
  readonly notEmulated: readonly string[];
  readonly required: readonly string[];
  /** How to write a required one. */
  readonly examples?: Readonly<Record<string, string>>;
}

/** An event's Properties; names that its type does not have are reported. */
export function eventProperties(
  node: Node,
  { type, kind, event }: { type: string; kind: EventKind; event: FunctionEvent },
): Dict {
  const { name, at, declared, report } = event;
  const given = member(node, "Properties");
  const properties: Dict = given?.kind === "map" ? given : dict({}, at);
  const logicalId = declared.owner;
  for (const [key, { at: where }] of properties.entries) {
    if (kind.properties.includes(key)) continue;
    const known = kind.notEmulated.includes(key);
    const text = known
      ? `${key} of an event of type ${type} is not emulated.`
      : `unknown property "${key}" of the ${type} event ${name}.`;
    const hint = known
      ? "Remove it."
      : suggestion(key, { among: kind.properties, noun: "properties" });
    report.unknown({ at: where, logicalId, text, hint });
  }
  for (const key of kind.required) {
    if (properties.entries.has(key)) continue;
    const text = `the event ${name} needs ${key}.`;
    report.fault({
      at: properties.at,
      logicalId,
      text,
      hint: `Write ${kind.examples?.[key] ?? `${key}: below Properties`}.`,
    });
  }
  return properties;
}

/** A resource that SAM makes of an event, named after function and event. */
export function ofEvent(
  { declared, name, at }: FunctionEvent,
  { suffix = "", type, properties }: { suffix?: string; type: string; properties: Dict },
): Declaration {
  return {
    ...declared,
    logicalId: `${declared.logicalId}${name}${suffix}`,
    type,
    at,
    properties,
    metadata: undefined,
    dependsOn: [],
  };
}

import type { WavetankError } from "../core/errors.ts";
import { type Created, isResolved, resolve } from "./intrinsics.ts";
import { comparable, type Dict, member, type Node } from "./node.ts";
import type { Plan } from "./plan.ts";
import { templateError } from "./problem.ts";
import type { ApiType, Declaration } from "./resource-type.ts";
import { plain } from "./shape.ts";
import type { CreatedResource, Stack } from "./stack.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html

/** What a deploy does to a resource. */
export interface Change {
  readonly logicalId: string;
  /** CloudFormation's type. */
  readonly type: string;
  readonly action: "added" | "changed" | "replaced" | "removed";
  /** Which properties differ: of those that are changed or replaced. */
  readonly properties: readonly PropertyChange[];
}

/** A property, before and after: a list or map as JSON; absent where it was, or will be, not given. */
export interface PropertyChange {
  readonly name: string;
  readonly before?: string;
  /** `null` where it is known only once the deploy has created what it refers to. */
  readonly after?: string | null;
}

/** What the properties say and what the files hold that they name, for comparison. */
export interface Contents {
  readonly properties: Dict;
  readonly metadata: Node | undefined;
  readonly fingerprint: string | undefined;
}

/** What counts of a declaration once its references are resolved. */
export function contentsOf(declaration: Declaration, type: ApiType): Contents {
  const { properties, metadata } = declaration;
  return {
    properties,
    metadata: type.readsMetadata ? metadata : undefined,
    fingerprint: type.fingerprint?.(declaration),
  };
}

/** The name of what a fingerprint tells. */
export const CONTENTS = "(contents)";

/** The properties that differ. */
export function differences(before: Contents, after: Contents): PropertyChange[] {
  const [old, young] = [before.properties.entries, after.properties.entries];
  const changes: PropertyChange[] = [];
  for (const name of new Set([...old.keys(), ...young.keys()])) {
    const [from, to] = [old.get(name)?.value, young.get(name)?.value];
    if (!isSame(from, to)) changes.push({ name, ...shown("before", from), ...shown("after", to) });
  }
  if (!isSame(before.metadata, after.metadata)) changes.push({ name: "Metadata" });
  else if (before.fingerprint !== after.fingerprint) changes.push({ name: CONTENTS });
  return changes;
}

function isSame(from: Node | undefined, to: Node | undefined): boolean {
  if (!from || !to) return from === to;
  return isResolved(to) && comparable(from) === comparable(to);
}

function shown(key: "before" | "after", node: Node | undefined): object {
  if (!node) return {};
  if (!isResolved(node)) return { [key]: null };
  return { [key]: node.kind === "scalar" ? node.text : JSON.stringify(plain(node)) };
}

/** Whether AWS puts another resource in its place for these changes. */
export function isReplaced(type: ApiType, changes: readonly PropertyChange[]): boolean {
  return !type.update || changes.some(({ name }) => type.replacedBy?.includes(name));
}

/**
 * What deploying a plan does to a stack: in the order in which it is done.
 * @throws WavetankError ERR_TEMPLATE for what CloudFormation cannot update
 */
export function changesOf(planned: Plan, before: Stack | undefined): Change[] {
  const staying = new Map<string, Created>();
  const conceal = concealing(planned, before);
  const changes = planned.resources.flatMap(({ declaration, type }): Change[] => {
    const { logicalId, owner, at } = declaration;
    const common = { logicalId, type: type.type };
    const existing = before?.created(logicalId);
    if (!existing) return [{ ...common, action: "added", properties: [] }];
    if (existing.type.type !== type.type) throw typeChanged(declaration, existing);
    const scope = { ...planned.scope, created: staying, logicalId: owner };
    const resolved = resolveDeclaration(declaration, scope);
    const properties = differences(existing.contents, contentsOf(resolved, type));
    const isNew = properties.length > 0 && isReplaced(type, properties);
    if (isNew) checkName({ existing, type, properties, at });
    else staying.set(logicalId, existing.created);
    if (properties.length === 0) return [];
    const action = isNew ? "replaced" : "changed";
    return [{ ...common, action, properties: properties.map(conceal) }];
  });
  const kept = new Set(planned.resources.map(({ declaration }) => declaration.logicalId));
  const removed = [...(before?.resources ?? [])].reverse().flatMap(({ logicalId, type }) => {
    return kept.has(logicalId)
      ? []
      : ({ logicalId, type, action: "removed", properties: [] } as const);
  });
  return [...changes, ...removed];
}

/** Puts asterisks in place of the values of NoEcho parameters, as CloudFormation does. */
function concealing(
  { template, scope }: Plan,
  before: Stack | undefined,
): (change: PropertyChange) => PropertyChange {
  const secrets = [...template.parameters].flatMap(([name, { value }]) => {
    const noEcho = member(value, "NoEcho");
    if (noEcho?.kind !== "scalar" || noEcho.text.toLowerCase() !== "true") return [];
    const now = scope.parameters.get(name);
    return [before?.parameters[name] ?? "", now?.kind === "scalar" ? now.text : ""];
  });
  const conceal = (text: string) =>
    secrets.reduce((rest, secret) => (secret ? rest.replaceAll(secret, "****") : rest), text);
  return (change) => ({
    ...change,
    ...(change.before !== undefined && { before: conceal(change.before) }),
    ...(typeof change.after === "string" && { after: conceal(change.after) }),
  });
}

/** A declaration with its references replaced by what they give, as far as that exists. */
export function resolveDeclaration(
  declaration: Declaration,
  scope: Parameters<typeof resolve>[1],
): Declaration {
  const properties = resolve(declaration.properties, scope);
  const metadata = declaration.metadata && resolve(declaration.metadata, scope);
  const whole = { ...declaration, metadata };
  return properties?.kind === "map" ? { ...whole, properties } : whole;
}

function typeChanged({ at, logicalId }: Declaration, { type }: CreatedResource): WavetankError {
  return templateError({
    at,
    logicalId,
    text: `Update of resource type is not permitted: the stack has it as ${type.type}.`,
    hint: "Give the resource another logical id.",
  });
}

/** CloudFormation creates the new resource before it deletes the old: both cannot have one name. */
function checkName({
  existing,
  type,
  properties,
  at,
}: {
  existing: CreatedResource;
  type: ApiType;
  properties: readonly PropertyChange[];
  at: Declaration["at"];
}): void {
  const { namedBy } = type;
  if (!namedBy || properties.some(({ name }) => name === namedBy)) return;
  const given = existing.contents.properties.entries.get(namedBy)?.value;
  if (!given) return;
  const custom = given.kind === "scalar" ? given.text : namedBy;
  const names = properties.map(({ name }) => name).join(", ");
  throw templateError({
    at,
    logicalId: existing.declaration.owner,
    text: `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${custom} and update the stack again.`,
    hint: `${names} changed: give it another ${namedBy}, or none, and CloudFormation makes the names.`,
  });
}

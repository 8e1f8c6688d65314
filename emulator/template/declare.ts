import { checkConnectors } from "./connectors.ts";
import { apiGlobals, functionGlobals, mergeMaps, withoutIgnored } from "./globals.ts";
import { resolve, type Scope } from "./intrinsics.ts";
import { type Template, transformMissing } from "./load.ts";
import { nearest, suggestion } from "./nearest.ts";
import { type Dict, describe, dict, type Entry, member, type Scalar } from "./node.ts";
import { type Report, templateError } from "./problem.ts";
import type { Declaration, DeletionPolicy } from "./resource-type.ts";
import { RESOURCE_TYPES } from "./resource-types.ts";
import { assembleApis } from "./serverless-apis.ts";
import { assembleBuckets } from "./serverless-bucket-events.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
const ATTRIBUTES = [
  "Type",
  "Properties",
  "DependsOn",
  "Condition",
  "Metadata",
  "DeletionPolicy",
  "UpdateReplacePolicy",
  "IgnoreGlobals",
  "Connectors",
];
/** They tell CloudFormation to wait for signals, or how to update. */
const NOT_EMULATED = ["CreationPolicy", "UpdatePolicy"];
const DELETION_POLICIES: readonly DeletionPolicy[] = ["Delete", "Retain", "RetainExceptOnCreate"];
const SERVERLESS = "AWS::Serverless::";

/** The resources that a deploy creates, and why the others of the template are not among them. */
export interface Declared {
  readonly declarations: readonly Declaration[];
  /** Of a type that a loose deploy leaves out. */
  readonly leftOut: ReadonlySet<string>;
  /** Resources whose condition is false, with the condition's name. */
  readonly excluded: ReadonlyMap<string, string>;
}

/** Reads the Resources section: types, conditions, globals, and all that needs no other resource. */
export function declareResources(
  template: Template,
  { scope, report }: { scope: Omit<Scope, "logicalId" | "leftOut">; report: Report },
): Declared {
  const globals = functionGlobals(template.globals);
  const leftOut = new Set<string>();
  const excluded = new Map<string, string>();
  const wanted: { logicalId: string; entry: Entry; type: string }[] = [];
  for (const [logicalId, entry] of template.resources) {
    checkAttributes(logicalId, { entry, report });
    const condition = textAttribute("Condition", { logicalId, entry });
    const type = typeOf(logicalId, { entry, template, report });
    if (condition && !scope.condition(condition, logicalId))
      excluded.set(logicalId, condition.text);
    else if (type === undefined) leftOut.add(logicalId);
    else wanted.push({ logicalId, entry, type });
  }
  const expanded = wanted.flatMap(({ logicalId, entry, type }) => {
    const local = propertiesOf(logicalId, entry);
    const ignored = member(entry.value, "IgnoreGlobals");
    const inherited =
      type === `${SERVERLESS}Function`
        ? withoutIgnored(globals, { ignored, logicalId })
        : apiGlobals(template.globals, type);
    const whole = inherited ? mergeMaps(inherited, local) : local;
    const properties = resolve(whole, { ...scope, logicalId, leftOut });
    const metadata = member(entry.value, "Metadata");
    const declaration: Declaration = {
      logicalId,
      type,
      owner: logicalId,
      at: entry.at,
      properties: properties?.kind === "map" ? properties : dict({}, entry.at),
      metadata: metadata && resolve(metadata, { ...scope, logicalId, leftOut }),
      dependsOn: dependsOn(logicalId, entry),
      deletionPolicy: deletionPolicy(logicalId, entry),
      updateReplacePolicy: updateReplacePolicy(logicalId, entry),
      folder: template.folder,
    };
    const connectors = member(entry.value, "Connectors");
    if (connectors) checkConnectors(connectors, { declared: declaration, report });
    return expand(declaration, report);
  });
  const implicit: Parameters<typeof assembleApis>[1]["implicit"] = ({ type, logicalId, first }) => {
    const global = apiGlobals(template.globals, type) ?? dict({}, first.at);
    const properties = resolve(global, { ...scope, logicalId, leftOut });
    const whole = properties?.kind === "map" ? properties : global;
    const api = { ...first, logicalId, owner: first.owner, type, properties: whole, dependsOn: [] };
    return expand(api, report);
  };
  const declarations = assembleBuckets(assembleApis(expanded, { report, implicit }), report);
  checkGenerated(declarations, report);
  return { declarations, leftOut, excluded };
}

/** What SAM adds must not be named like what the template has. */
function checkGenerated(declarations: readonly Declaration[], report: Report): void {
  const owners = new Map<string, string>();
  for (const { logicalId, owner, at } of declarations) {
    const other = owners.get(logicalId) ?? owner;
    owners.set(logicalId, owner);
    if (other === owner) continue;
    const sam = logicalId === owner ? other : owner;
    const text = `SAM needs the name ${logicalId} for a resource of ${sam}.`;
    report.fault({ at, logicalId: owner, text, hint: "Rename one of the two." });
  }
}

function expand(declaration: Declaration, report: Report): readonly Declaration[] {
  const type = RESOURCE_TYPES.get(declaration.type);
  if (type?.kind !== "macro") return [declaration];
  return type.expand({ ...declaration, properties: checkNames(declaration, report) }, report);
}

/** The properties that the type knows; the others are reported by name. */
export function checkNames(
  { properties, owner: logicalId, type: name }: Declaration,
  report: Report,
): Dict {
  const type = RESOURCE_TYPES.get(name);
  if (!type) return properties;
  const honoured = Object.keys(type.honoured);
  const entries = new Map<string, Entry>();
  for (const [key, entry] of properties.entries) {
    const { at } = entry;
    if (honoured.includes(key)) entries.set(key, entry);
    else if (type.notEmulated.includes(key)) {
      const text = `the property ${key} of ${name} is not emulated.`;
      report.unknown({ at, logicalId, text, hint: "Remove it." });
    } else if (!type.kept.includes(key)) {
      const among = [...honoured, ...type.kept];
      const hint = suggestion(key, { among, noun: `properties of ${name}` });
      report.unknown({ at, logicalId, text: `unknown property "${key}" of ${name}.`, hint });
    }
  }
  return { ...properties, entries };
}

/** The resource's type; `undefined` when Wavetank does not have it, which is reported. */
function typeOf(
  logicalId: string,
  { entry, template, report }: { entry: Entry; template: Template; report: Report },
): string | undefined {
  const type = textAttribute("Type", { logicalId, entry });
  if (!type) {
    const hint = "Write Type: and below it Properties:.";
    throw templateError({ at: entry.at, logicalId, text: "the resource has no Type.", hint });
  }
  if (type.text.startsWith(SERVERLESS) && !template.isServerless) {
    throw transformMissing(type.at, { what: type.text, logicalId });
  }
  if (RESOURCE_TYPES.has(type.text)) return type.text;
  const text = `unknown resource type "${type.text}".`;
  const meant = nearest(type.text, RESOURCE_TYPES.keys());
  const known = `Emulated types: ${[...RESOURCE_TYPES.keys()].join(", ")}.`;
  const hint = meant ? `Did you mean "${meant}"? ${known}` : known;
  report.unknown({ at: type.at, logicalId, text, hint });
  return undefined;
}

function checkAttributes(
  logicalId: string,
  { entry, report }: { entry: Entry; report: Report },
): void {
  const { at, value } = entry;
  if (value.kind !== "map") {
    const hint = "Write Type: and Properties: below its name.";
    const text = `a resource must be a map, not ${describe(value)}.`;
    throw templateError({ at, logicalId, text, hint });
  }
  for (const [key, { at: where }] of value.entries) {
    if (ATTRIBUTES.includes(key)) continue;
    if (NOT_EMULATED.includes(key)) {
      report.unknown({ at: where, logicalId, text: `${key} is not emulated.`, hint: "Remove it." });
      continue;
    }
    const hint = suggestion(key, { among: ATTRIBUTES, noun: "attributes of a resource" });
    report.fault({ at: where, logicalId, text: `unknown attribute "${key}" of a resource.`, hint });
  }
}

function propertiesOf(logicalId: string, { at, value }: Entry): Dict {
  const properties = member(value, "Properties");
  if (!properties) return dict({}, at);
  if (properties.kind === "map") return properties;
  const text = `Properties must be a map, not ${describe(properties)}.`;
  throw templateError({ at: properties.at, logicalId, text, hint: "Write Name: value below it." });
}

function textAttribute(
  name: string,
  { logicalId, entry }: { logicalId: string; entry: Entry },
): Scalar | undefined {
  const node = member(entry.value, name);
  if (!node || node.kind === "scalar") return node;
  const text = `${name} must be a literal text, not ${describe(node)}.`;
  throw templateError({ at: node.at, logicalId, text, hint: `Write ${name}: and a name.` });
}

function dependsOn(logicalId: string, { value }: Entry): Scalar[] {
  const node = member(value, "DependsOn");
  if (!node) return [];
  return (node.kind === "list" ? node.items : [node]).map((item) => {
    if (item.kind === "scalar") return item;
    const text = `DependsOn takes logical ids, not ${describe(item)}.`;
    throw templateError({ at: item.at, logicalId, text, hint: "Write DependsOn: LogicalId." });
  });
}

function deletionPolicy(logicalId: string, entry: Entry): DeletionPolicy {
  const policy = textAttribute("DeletionPolicy", { logicalId, entry });
  const known = DELETION_POLICIES.find((name) => name === policy?.text);
  if (known || !policy) return known ?? "Delete";
  const text = `the deletion policy "${policy.text}" is not emulated.`;
  const hint = `Write one of ${DELETION_POLICIES.join(", ")}.`;
  throw templateError({ at: policy.at, logicalId, text, hint });
}

function updateReplacePolicy(logicalId: string, entry: Entry): "Delete" | "Retain" {
  const policy = textAttribute("UpdateReplacePolicy", { logicalId, entry });
  if (!policy || policy.text === "Delete") return "Delete";
  if (policy.text === "Retain") return policy.text;
  const text = `the update replace policy "${policy.text}" is not emulated.`;
  throw templateError({ at: policy.at, logicalId, text, hint: "Write Delete or Retain." });
}

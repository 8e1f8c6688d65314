import { suggestion } from "./nearest.ts";
import { type Dict, describe, type Entry, list, type Node } from "./node.ts";
import { templateError } from "./problem.ts";

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html

/** The properties of a function that Globals may hold: all but those that make sense for one only. */
const FUNCTION_GLOBALS = [
  "Handler",
  "Runtime",
  "CodeUri",
  "DeadLetterQueue",
  "Description",
  "MemorySize",
  "Timeout",
  "VpcConfig",
  "Environment",
  "Tags",
  "PropagateTags",
  "Tracing",
  "KmsKeyArn",
  "AutoPublishAlias",
  "AutoPublishAliasAllProperties",
  "Layers",
  "DeploymentPreference",
  "RolePath",
  "PermissionsBoundary",
  "ReservedConcurrentExecutions",
  "ProvisionedConcurrencyConfig",
  "AssumeRolePolicyDocument",
  "EventInvokeConfig",
  "FileSystemConfigs",
  "CodeSigningConfigArn",
  "Architectures",
  "SnapStart",
  "EphemeralStorage",
  "FunctionUrlConfig",
  "RuntimeManagementConfig",
  "LoggingConfig",
  "RecursiveLoop",
  "SourceKMSKeyArn",
];

const API_SECTIONS = ["Api", "HttpApi"];

/** Sections for types that Wavetank does not deploy: such a resource is refused, its globals need not be. */
const OTHER_SECTIONS = [
  "WebSocketApi",
  "SimpleTable",
  "StateMachine",
  "LayerVersion",
  "CapacityProvider",
];

const SECTIONS = ["Function", ...API_SECTIONS, ...OTHER_SECTIONS];

/** The globals of functions, checked; `undefined` when there are none. */
export function functionGlobals(globals: Dict | undefined): Dict | undefined {
  for (const [name, { at }] of globals?.entries ?? []) {
    if (SECTIONS.includes(name)) continue;
    const hint = suggestion(name, {
      among: SECTIONS,
      noun: "sections of Globals",
    });
    throw templateError({ at, logicalId: "Globals", text: `unknown section "${name}".`, hint });
  }
  const section = globals?.entries.get("Function");
  if (!section) return undefined;
  const { value } = section;
  if (value.kind !== "map") {
    const text = `Globals.Function must be a map, not ${describe(value)}.`;
    throw templateError({
      at: value.at,
      logicalId: "Globals",
      text,
      hint: "Write Runtime: nodejs22.x below it.",
    });
  }
  for (const [name, { at }] of value.entries) {
    if (FUNCTION_GLOBALS.includes(name)) continue;
    const hint = suggestion(name, {
      among: FUNCTION_GLOBALS,
      noun: "properties of Globals.Function",
    });
    throw templateError({ at, logicalId: "Globals", text: `"${name}" cannot be global.`, hint });
  }
  return value;
}

/** The globals of an API; `undefined` for another type, or when there are none. */
export function apiGlobals(globals: Dict | undefined, type: string): Dict | undefined {
  const name = /^AWS::Serverless::(Api|HttpApi)$/.exec(type)?.[1];
  const value = name === undefined ? undefined : globals?.entries.get(name)?.value;
  return value?.kind === "map" ? value : undefined;
}

/** The globals without what a function's IgnoreGlobals names: `"*"` or a list of properties. */
export function withoutIgnored(
  globals: Dict | undefined,
  { ignored, logicalId }: { ignored: Node | undefined; logicalId: string },
): Dict | undefined {
  if (!globals || !ignored) return globals;
  if (ignored.kind === "scalar" && ignored.text === "*") return undefined;
  const names = (ignored.kind === "list" ? ignored.items : [ignored]).map((item) => {
    if (item.kind === "scalar" && globals.entries.has(item.text)) return item.text;
    const text = `IgnoreGlobals names ${describe(item)}, which is not in Globals.Function.`;
    const hint = `Write IgnoreGlobals: "*", or a list of ${[...globals.entries.keys()].join(", ")}.`;
    throw templateError({ at: item.at, logicalId, text, hint });
  });
  const entries = [...globals.entries].filter(([name]) => !names.includes(name));
  return { ...globals, entries: new Map(entries) };
}

/**
 * Merges a function's properties into the globals as SAM does: texts, numbers and intrinsic calls of the
 * function win, maps merge, lists follow the global list.
 */
export function merge(global: Node, local: Node): Node {
  if (global.kind === "list" && local.kind === "list") {
    return list([...global.items, ...local.items], local.at);
  }
  return global.kind === "map" && local.kind === "map" ? mergeMaps(global, local) : local;
}

export function mergeMaps(global: Dict, local: Dict): Dict {
  const entries = new Map<string, Entry>(global.entries);
  for (const [key, { at, value }] of local.entries) {
    const inherited = global.entries.get(key);
    entries.set(key, { at, value: inherited ? merge(inherited.value, value) : value });
  }
  return { ...local, entries };
}
